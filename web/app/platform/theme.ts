/** Theme: follows the system until a person chooses; the choice is kept in this browser. */
const KEY = "atelier-theme";
const ORDER = ["system", "light", "dark"] as const;
type Theme = (typeof ORDER)[number];

function chosen(): Theme {
  const value = document.documentElement.dataset.theme;
  return value === "light" || value === "dark" ? value : "system";
}

/** Sets the theme, keeps it, and tells listeners (charts) by a `themechange` event on document. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEY);
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  }
  document.dispatchEvent(new CustomEvent("themechange"));
  showChoice();
}

function showChoice(): void {
  const now = chosen();
  for (const button of document.querySelectorAll<HTMLElement>("[data-choose-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.chooseTheme === now));
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-switch]")) {
    const next = ORDER[(ORDER.indexOf(now) + 1) % ORDER.length];
    button.setAttribute("aria-label", `Theme: ${now}. Change to ${next}`);
    button.title = `Theme: ${now}`;
  }
}

export function startTheme(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const choice = target.closest<HTMLElement>("[data-choose-theme]");
    if (choice) chooseTheme(choice.dataset.chooseTheme as Theme);
    if (target.closest("[data-theme-switch]")) {
      chooseTheme(ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length]);
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    document.dispatchEvent(new CustomEvent("themechange")),
  );
  showChoice();
}
