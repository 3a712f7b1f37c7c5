// What every page must be like. Runs inside of the page, so it can use nothing from outside.
export function problemsOfPage() {
  const problems = [];
  const shown = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== 'hidden' && style.display !== 'none' && box.width > 1 && box.height > 1;
  };

  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) {
    problems.push(`it is ${page.scrollWidth} px wide in a window of ${innerWidth} px`);
  }
  for (const [selector, count] of [['h1', 1], ['main', 1], ['header', 1], ['footer', 1]]) {
    const found = document.querySelectorAll(selector).length;
    if (found !== count) {
      problems.push(`it has ${found} elements ${selector}`);
    }
  }
  if (!document.documentElement.lang || !document.title) {
    problems.push('it has no language or no title');
  }
  if (globalThis.hacked !== undefined) {
    problems.push('a text was executed as a script');
  }
  for (const shape of document.querySelectorAll('svg path')) {
    const box = shape.getBoundingClientRect();
    if (shown(shape.closest('svg')) && box.width + box.height === 0) {
      problems.push('an icon has no shape');
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  if (new Set(ids).size !== ids.length) {
    problems.push('an id is there twice');
  }
  for (const field of document.querySelectorAll('input:not([type=hidden]), select')) {
    if (field.labels.length === 0) {
      problems.push(`field ${field.name || field.id} has no label`);
    }
  }

  // contrast, as WCAG computes it
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((each) => {
      const share = each / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) {
        return colour.slice(0, 3);
      }
      if (colour[3] !== 0) {
        problems.push(`half-transparent ground behind ${element.className}`);
      }
    }
    return rgba(getComputedStyle(document.documentElement).colorScheme.startsWith('dark') ? 'black' : 'white').slice(0, 3);
  };
  const told = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !shown(element) || element.closest('.unseen, script, option')) {
      continue;
    }
    count++;
    const style = getComputedStyle(element);
    const one = luminance(rgba(style.color).slice(0, 3));
    const other = luminance(background(element));
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const key = `${element.className} ${style.color}`;
    if (ratio < (large ? 3 : 4.5) && !told.has(key)) {
      told.add(key);
      problems.push(`contrast ${ratio.toFixed(2)} of "${text.data.trim().slice(0, 30)}" (${element.tagName}.${element.className})`);
    }
  }
  if (count < 3) {
    problems.push('it shows hardly any text');
  }
  return problems;
}
