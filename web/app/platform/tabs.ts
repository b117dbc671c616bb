/** On a narrow screen tabs scroll sideways: the current one is brought into view. */
export function showCurrentTab(): void {
  for (const tabs of document.querySelectorAll<HTMLElement>("nav.tabs")) {
    const current = tabs.querySelector<HTMLElement>("[aria-current]");
    if (!current) continue;
    // only the tabs scroll, never the page
    const place = current.getBoundingClientRect();
    const middle = place.left + place.width / 2 - tabs.getBoundingClientRect().left;
    tabs.scrollLeft += middle - tabs.clientWidth / 2;
  }
}
