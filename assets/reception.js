// How much room is left in a long answer, while it is being typed. The rule itself stands on the page as text.
for (const field of document.querySelectorAll("textarea[data-limit]")) {
  const note = document.getElementById(`${field.id}_count`);
  const limit = Number(field.dataset.limit);
  const language = document.documentElement.lang;
  // Kazakh numbers look as Russian ones do; some browsers say that they know them and write a comma
  const words = new Intl.NumberFormat(language === "kk" ? "ru" : language);
  const spoken = document.createElement("span");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  note.after(spoken);
  let pause;

  const tell = () => {
    const left = limit - Array.from(field.value).length;
    const text = left < 0 ? note.dataset.over : note.dataset.left;
    note.textContent = text.replace("{}", words.format(Math.abs(left)));
    note.className = left < 0 ? "govuk-error-message" : "govuk-hint";
    clearTimeout(pause);
    pause = setTimeout(() => (spoken.textContent = note.textContent), 1500);
  };
  field.addEventListener("input", tell);
  if (field.value) tell();
}
