// Keeps a page true while somebody looks at it: asks for its parts again, and lets logs grow.
(() => {
  'use strict';

  const live = document.getElementById('live');

  const parse = (markup) => new DOMParser().parseFromString(markup, 'text/html');

  async function get(address) {
    const response = await fetch(address, { headers: { Accept: 'text/html' } });
    if (!response.ok) {
      throw new Error(response.status === 401 ? 'signed out' : `status ${response.status}`);
    }
    return parse(await response.text());
  }

  // --- logs ---

  const atBottom = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 60;

  function append(log, piece) {
    const stay = atBottom();
    for (const node of [...piece.childNodes]) {
      const groups = log.querySelectorAll(':scope > details.group');
      if (node.nodeType === Node.ELEMENT_NODE && node.classList.contains('more') && groups.length) {
        groups[groups.length - 1].append(...node.childNodes);
      } else {
        log.append(node);
      }
    }
    if (stay) {
      scrollTo({ top: document.documentElement.scrollHeight });
    }
  }

  async function read(step) {
    if (step.dataset.reading) {
      return;
    }
    step.dataset.reading = 'true';
    try {
      const log = step.querySelector(':scope > .log');
      for (let before = null; before !== log.dataset.next; ) {
        before = log.dataset.next;
        const query = `&from=${before}&group=${log.dataset.group === 'true'}`;
        const address = step.dataset.log + (before === '-1' ? '' : query);
        const piece = (await get(address)).querySelector('.log');
        if (before === '-1') {
          log.replaceChildren();
        }
        log.dataset.next = piece.dataset.next;
        log.dataset.group = piece.dataset.group;
        append(log, piece);
      }
    } finally {
      delete step.dataset.reading;
    }
  }

  for (const step of document.querySelectorAll('details.step')) {
    step.addEventListener('toggle', () => {
      if (step.open && step.querySelector(':scope > .log').dataset.next === '-1') {
        read(step).catch(tell);
      }
    });
  }

  const times = document.getElementById('times');
  if (times) {
    const show = () => document.body.classList.toggle('with-times', times.checked);
    times.addEventListener('change', show);
    show();
  }

  // --- parts that change ---

  function tell(problem) {
    let notice = document.getElementById('notice');
    if (!notice) {
      notice = document.createElement('p');
      notice.id = 'notice';
      notice.setAttribute('role', 'alert');
      document.getElementById('main').prepend(notice);
    }
    const signedOut = problem.message === 'signed out';
    notice.textContent = signedOut
      ? 'This GitHub was started anew. Open it with the link that it printed.'
      : 'This page is out of date: the embedded GitHub cannot be reached.';
    return signedOut;
  }

  function put(part) {
    const shown = document.getElementById(part.id);
    if (shown.innerHTML !== part.innerHTML) {
      const link = shown.contains(document.activeElement) && document.activeElement.getAttribute('href');
      shown.replaceChildren(...part.childNodes);
      if (link) {
        shown.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
      }
    }
    if (part.dataset.open !== shown.dataset.open) {
      shown.parentElement.open = part.dataset.open === 'true';
    }
    Object.assign(shown.dataset, part.dataset);
  }

  const openSteps = () => [...document.querySelectorAll('details.step[open]')];
  const grows = (step) => step.querySelector(':scope > summary').dataset.over === 'false';

  async function refresh() {
    const address = new URL(location.href);
    address.searchParams.set('live', '1');
    address.hash = '';
    const fresh = (await get(address)).getElementById('live');
    if (fresh === null || fresh.dataset.shape !== live.dataset.shape) {
      location.reload();
      return 0;
    }
    const grew = openSteps().filter(grows);
    fresh.querySelectorAll('[id]').forEach(put);
    for (const step of openSteps()) {
      if (grew.includes(step) || grows(step)) {
        await read(step);
      }
    }
    return Number(fresh.dataset.every);
  }

  async function keepFresh(wait) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (document.hidden) {
      await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
    }
    let next = 5000;
    try {
      next = await refresh();
      document.getElementById('notice')?.remove();
    } catch (problem) {
      if (tell(problem)) {
        return;
      }
    }
    if (next > 0) {
      keepFresh(next);
    }
  }

  if (live && Number(live.dataset.every) > 0) {
    keepFresh(Number(live.dataset.every));
  }
})();
