from django.urls import include, path

from appeals.api import groups
from appeals.api.acts import after, alike, handing_on, hearing, moving, posting, urgent, waiting, work
from appeals.api.acts import breaches as on_breach
from appeals.api.breaches import Breaches, OneBreach
from appeals.api.case import CaseApplicant, OneCase
from appeals.api.queue import Officers, Queue
from appeals.api.register import Register
from appeals.api.suggestions import Suggestions

case = [
    path("", OneCase.as_view(), name="api-case"),
    path("applicant/", CaseApplicant.as_view(), name="api-applicant"),
    path("mark-urgent/", urgent.MarkUrgent.as_view(), name="api-mark-urgent"),
    path("settle-urgency/", urgent.SettleUrgency.as_view(), name="api-settle-urgency"),
    path("accept/", work.Accept.as_view(), name="api-accept"),
    path("assign/", work.Assign.as_view(), name="api-assign"),
    path("begin-review/", work.BeginReview.as_view(), name="api-begin-review"),
    path("forward/", handing_on.Forward.as_view(), name="api-forward"),
    path("prepare-reply/", work.PrepareReply.as_view(), name="api-prepare-reply"),
    path("ask-co-executor/", after.AskCoExecutor.as_view(), name="api-ask-co-executor"),
    path("answer-as-co-executor/", after.AnswerAsCoExecutor.as_view(), name="api-answer-as-co-executor"),
    path("notify-hearing/", hearing.NotifyHearing.as_view(), name="api-notify-hearing"),
    path("object/", hearing.Object.as_view(), name="api-object"),
    path("record-hearing/", hearing.RecordHearing.as_view(), name="api-record-hearing"),
    path("waive-hearing/", hearing.WaiveHearing.as_view(), name="api-waive-hearing"),
    path("reply/", work.Reply.as_view(), name="api-reply"),
    path("forward-part/", handing_on.ForwardPart.as_view(), name="api-forward-part"),
    path("send-back/", handing_on.SendBack.as_view(), name="api-send-back"),
    path("dispute/", handing_on.AskAbove.as_view(), name="api-dispute"),
    path("satisfy/", handing_on.Satisfy.as_view(), name="api-satisfy"),
    path("link/", alike.LinkIt.as_view(), name="api-link"),
    path("unlink/", alike.Unlink.as_view(), name="api-unlink"),
    path("group/", alike.Join.as_view(), name="api-group"),
    path("ungroup/", alike.Ungroup.as_view(), name="api-ungroup"),
    path("reclassify/", moving.Reclassify.as_view(), name="api-reclassify"),
    path("correct-contacts/", moving.CorrectContacts.as_view(), name="api-correct-contacts"),
    path("ask-extension/", waiting.AskExtension.as_view(), name="api-ask-extension"),
    path("extend/", waiting.Extend.as_view(), name="api-extend"),
    path("refuse-extension/", waiting.RefuseExtension.as_view(), name="api-refuse-extension"),
    path("hold/", waiting.HoldForCorrection.as_view(), name="api-hold"),
    path("resume/", waiting.Resume.as_view(), name="api-resume"),
    path("return/", work.ReturnWithoutReview.as_view(), name="api-return"),
    path("terminate/", work.Terminate.as_view(), name="api-terminate"),
    path("withdraw/", moving.Withdraw.as_view(), name="api-withdraw"),
    path("strike-off/", moving.StrikeOff.as_view(), name="api-strike-off"),
    path("report-execution/", after.ReportExecution.as_view(), name="api-report-execution"),
    path("correct-reply/", after.CorrectReply.as_view(), name="api-correct-reply"),
    path("ask-for-file/", after.AskForFile.as_view(), name="api-ask-for-file"),
    path("show-file/", after.ShowFile.as_view(), name="api-show-file"),
    path("notices/<int:pk>/post/", posting.PostNotice.as_view(), name="api-post-notice"),
]
urlpatterns = [
    path("queue/", Queue.as_view(), name="api-queue"),
    path("register/", Register.as_view(), name="api-register"),
    path("officers/", Officers.as_view(), name="api-officers"),
    path("disputes/", handing_on.Disputes.as_view(), name="api-disputes"),
    path("disputes/<int:pk>/decide/", handing_on.Decide.as_view(), name="api-decide"),
    path("alike/", groups.Alike.as_view(), name="api-alike"),
    path("groups/", groups.Groups.as_view(), name="api-groups"),
    path("groups/<int:pk>/", groups.OneGroup.as_view(), name="api-one-group"),
    path("groups/<int:pk>/prepare-reply/", groups.PrepareForGroup.as_view(), name="api-prepare-for-group"),
    path("groups/<int:pk>/reply/", groups.SignForGroup.as_view(), name="api-sign-for-group"),
    path("breaches/", Breaches.as_view(), name="api-breaches"),
    path("breaches/<int:pk>/", OneBreach.as_view(), name="api-breach"),
    path("breaches/<int:pk>/explain/", on_breach.Explain.as_view(), name="api-explain-breach"),
    path("breaches/<int:pk>/review/", on_breach.ReviewIt.as_view(), name="api-review-breach"),
    path("breaches/<int:pk>/measure/", on_breach.TakeMeasure.as_view(), name="api-take-measure"),
    path("breaches/<int:pk>/annul/", on_breach.Annul.as_view(), name="api-annul-breach"),
    path("oversight/suggestions/", Suggestions.as_view(), name="api-suggestions"),
    path("appeals/<slug:slug>/", include(case)),
]
