/** Opens what a link in the page leads into. */
export function openLinkedDetails(): void {
  const open = (): void => {
    const target = document.getElementById(decoded(location.hash.slice(1)));
    for (let at: Element | null = target; at !== null; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
  };
  addEventListener('hashchange', open);
  open();
}

/** An address that somebody cut off may end within a character. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
