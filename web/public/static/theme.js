// Before the first paint: the theme a person chose earlier, so that nothing flashes.
(function () {
  try {
    var theme = localStorage.getItem("atelier-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (ignored) {
    // storage is closed: the system's theme is used
  }
})();
