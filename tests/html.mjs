// node html.mjs FILE.html...: opens each page in Chromium, light, dark and narrow, and tells what is wrong with it: what axe finds, errors on the console,
// requests, text of the directory that ran, and a page that takes longer than a second. CHROMIUM names the browser; SHOTS a folder for pictures.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(path.resolve('package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });
const shots = process.env.SHOTS;
const longest = Number(process.env.LONGEST ?? 1000);
let wrong = 0;

const views = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'narrow', colorScheme: 'light', width: 390 },
];

async function opened(file, view, options) {
  const context = await browser.newContext({ colorScheme: view.colorScheme, viewport: { width: view.width, height: 900 }, ...options });
  const page = await context.newPage();
  const bad = [];
  page.on('console', (message) => { if (message.type() === 'error') bad.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => bad.push(`page: ${error.message}`));
  page.on('dialog', (dialog) => { bad.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => { if (request.url() !== `file://${file}`) bad.push(`request: ${request.url()}`); });
  const begun = performance.now();
  await page.goto(`file://${file}`);
  // laid out and painted, not only parsed; without scripts no frame is told of
  if (options.javaScriptEnabled !== false) await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return { context, page, bad, took: performance.now() - begun };
}

for (const name of process.argv.slice(2)) {
  const file = path.resolve(name);
  const is_large = readFileSync(file).length > 2_000_000;
  for (const view of views) {
    // as it is: its policy holds
    const own = await opened(file, view, {});
    const bad = own.bad;
    if (own.took > longest) bad.push(`it took ${Math.round(own.took)} ms to open`);
    const { scripts, wide } = await own.page.evaluate(() => ({
      scripts: document.scripts.length,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    if (scripts !== 1) bad.push(`${scripts} scripts`);
    if (wide > 0) bad.push(`${wide} pixels wider than the window`);
    if (await own.page.locator('#filters').count()) {
      if (await own.page.locator('#filters').isHidden()) bad.push('the filters are not shown');
      const begun = performance.now();
      await own.page.selectOption('#filters [name=verdict]', 'fail');
      await own.page.fill('#filters [name=text]', 'nothing is called so');
      await own.page.locator('#filters output', { hasText: /^0 shown$/ }).waitFor({ timeout: 10000 });
      if (performance.now() - begun > 2 * longest) bad.push(`filtering took ${Math.round(performance.now() - begun)} ms`);
      if (await own.page.locator('#failures .group:visible').count()) bad.push('a group without results is shown');
    }
    if (shots) await own.page.screenshot({ path: path.join(shots, `${path.basename(name, '.html')}-${view.name}.png`) });
    await own.context.close();
    // axe needs a script of its own
    let told = '';
    if (!(is_large && view.name !== 'dark')) {
      const seen = await opened(file, view, { bypassCSP: true });
      await seen.page.evaluate(axe);
      const found = await seen.page.evaluate(() => {
        // what is folded is read, too, as far as that takes no minutes
        for (const fold of [...document.querySelectorAll('details')].slice(0, 60)) if (fold.querySelectorAll('tr').length < 500) fold.open = true;
        for (const group of [...document.querySelectorAll('.group')].slice(0, 400)) group.style.contentVisibility = 'visible';
        return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
      });
      for (const { impact, id, nodes, help } of found.violations) {
        bad.push(`axe ${impact}: ${id} (${nodes.length}): ${help}: ${nodes[0].html.slice(0, 160)}`);
      }
      told = `, axe ${found.violations.length}`;
      await seen.context.close();
    }
    console.log(`${bad.length ? 'WRONG' : 'ok'} ${name} ${view.name}: ${Math.round(own.took)} ms${told}`);
    for (const one of new Set(bad)) console.log(`    ${one}`);
    wrong += bad.length;
  }
  // without scripts everything is there
  const plain = await opened(file, views[0], { javaScriptEnabled: false });
  const filters = plain.page.locator('#filters');
  if (await filters.count() && await filters.isVisible()) {
    console.log(`WRONG ${name}: filters that do nothing`);
    wrong += 1;
  }
  await plain.context.close();
}
await browser.close();
process.exit(wrong ? 1 : 0);
