/**
 * The only script of the page, which works without it: it lets each chart be saved as an SVG file, with the page's colours
 * written out and the ground behind them, and opens what a link in the page leads into.
 */
export const script = `
for (const button of document.querySelectorAll('button[data-svg]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const svg = button.closest('figure').querySelector('svg');
    const look = getComputedStyle(document.documentElement);
    const text = new XMLSerializer().serializeToString(svg).replace(/var\\((--ql-[a-z-]+)\\)/g, (_, name) => look.getPropertyValue(name).trim());
    const ground = '<rect width="100%" height="100%" fill="' + look.getPropertyValue('--ground').trim() + '"/>';
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text.replace('</desc>', '</desc>' + ground)], { type: 'image/svg+xml' }));
    link.download = button.dataset.svg;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
`;
