/** Opens what a link in the page leads into. */
export function openLinkedDetails(): void {
  const open = (): void => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at: Element | null = target; at !== null; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
  };
  addEventListener('hashchange', open);
  open();
}
