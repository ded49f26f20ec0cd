/** Whether a key asks for the list of keys, wherever the focus is: `?`, unless it is typed into something or a dialog is open. */
export function asksForKeys(event: KeyboardEvent): boolean {
  if (event.key !== '?' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const isTyping = (event.target as Element).closest('input, select, textarea, [contenteditable]') !== null;
  return !isTyping && document.querySelector('dialog[open]') === null;
}
