from django.urls import path

from agencies.web.posts import choose_post

urlpatterns = [path("post/", choose_post, name="choose_post")]
