// Filters: they hide what is not asked for. Everything is on the page without them.
(() => {
  const form = document.getElementById('filters');
  if (form) {
    const groups = [...document.querySelectorAll('.group, #accepted, #by-hand')];
    const items = [...document.querySelectorAll('.item')].map((element) => ({
      element,
      verdict: element.dataset.verdict,
      severity: element.dataset.severity,
      site: element.dataset.site ?? '',
      group: element.closest('.group'),
      check: element.dataset.check ?? element.closest('[data-check]')?.dataset.check,
      text: null,
    }));
    const output = form.querySelector('output');
    const asked = (name) => form.elements[name].value;
    // text is looked at only where somebody looks for one; that of a group belongs to each of its items
    const textOf = (item) => {
      if (item.text === null) {
        const head = item.group?.querySelector('h3, h4')?.textContent ?? '';
        item.text = `${head} ${item.check ?? ''} ${item.element.textContent}`.toLowerCase();
      }
      return item.text;
    };
    const choose = () => {
      const verdict = asked('verdict');
      const severity = asked('severity');
      const site = asked('site');
      const check = asked('check');
      const text = asked('text').trim().toLowerCase();
      const isAny = !(verdict || severity || site || check || text);
      let shown = 0;
      const full = new Set();
      for (const item of items) {
        const fits = (!verdict || item.verdict === verdict) && (!severity || item.severity === severity) &&
          (!site || item.site === site) && (!check || item.check === check) && (!text || textOf(item).includes(text));
        if (item.element.hidden === fits) item.element.hidden = !fits;
        if (!fits) continue;
        shown += 1;
        for (let box = item.element.parentElement; box && box !== document.body && !full.has(box); box = box.parentElement) full.add(box);
      }
      for (const group of groups) group.hidden = !isAny && !full.has(group);
      for (const part of document.querySelectorAll('.severity')) part.hidden = !isAny && !full.has(part);
      // what was looked for is shown, also where it lay folded
      if (!isAny && shown <= 500) for (const fold of full) if (fold.localName === 'details') fold.open = true;
      output.textContent = isAny ? '' : `${shown} shown`;
    };
    let timer;
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(choose, 120); });
    form.addEventListener('reset', () => setTimeout(choose));
    form.addEventListener('submit', (event) => event.preventDefault());
    form.hidden = false;
  }
  // paper cannot be unfolded
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('#failures details:not([open])')].slice(0, 200);
    for (const fold of folded) fold.open = true;
  });
  addEventListener('afterprint', () => { for (const fold of folded) fold.open = false; });
})();
