// Visits every page of a served GitHub in Chromium. Arguments: its address, a folder for pictures.
import { chromium } from 'playwright-core';
import { join } from 'node:path';
import { problemsOfPage } from './checks.mjs';

const [server, pictures] = process.argv.slice(2);
const { TOKEN: token, LINK: link } = process.env;
const repository = 'local/runner';
const problems = [];

function demand(condition, problem) {
  if (!condition) {
    problems.push(problem);
    console.error(`error: ${problem}`);
  }
}

// --- runs to look at

async function api(method, path, body) {
  const response = await fetch(`${server}/repos/${repository}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, Accept: 'application/vnd.github+json' },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  return response.status === 204 ? null : response.json();
}

async function user() {
  return (await fetch(`${server}/user`, { headers: { Authorization: `Bearer ${token}` } })).json();
}

async function dispatch(mode) {
  const body = { ref: 'main', inputs: { mode }, return_run_details: true };
  return (await api('POST', '/actions/workflows/demo.yml/dispatches', body)).workflow_run_id;
}

async function awaitRun(id, fits) {
  for (let i = 0; i < 300; i++) {
    const run = await api('GET', `/actions/runs/${id}`);
    if (fits(run)) {
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`run ${id} never came as far as was waited for`);
}

const succeeded = await dispatch('succeed');
demand((await awaitRun(succeeded, (run) => run.status === 'completed')).conclusion === 'success', 'the first run failed');
const failed = await dispatch('fail');
demand((await awaitRun(failed, (run) => run.status === 'completed')).conclusion === 'failure', 'the second run did not fail');
const running = await dispatch('wait');
const { head_sha: sha } = await awaitRun(running, (run) => run.status === 'in_progress');
async function jobOf(run, status) {
  for (let i = 0; i < 300; i++) {
    const { jobs } = await api('GET', `/actions/runs/${run}/jobs`);
    const job = jobs.find((each) => each.name.startsWith('A job that') && each.status === status);
    if (job) {
      return job.id;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`run ${run} has no job that is ${status}`);
}
await api('PUT', '/environments/live', { reviewers: [{ type: 'User', id: (await user()).id }] });
const deploying = await dispatch('deploy');
await awaitRun(deploying, (run) => run.status === 'waiting');
const hostile = '<script>hacked = 1</script>';
await api('POST', '/issues', { title: `An issue ${hostile}`, body: `Text with **bold** and ${hostile}`, labels: ['bug'] });
await api('POST', '/issues/1/comments', { body: `Said ${hostile}` });
const file = { message: `Add ${hostile}`, content: 'bmV3Cg==', branch: 'eval-results/some-batch' };
await api('PUT', '/contents/new.txt', file);
await api('POST', '/pulls', { title: `A change ${hostile}`, head: 'eval-results/some-batch', base: 'main', body: 'Why' });
await api('POST', '/releases', { tag_name: 'v1.0', name: `First ${hostile}`, body: '- one\n- two' });

const base = `/${repository}`;
const pages = {
  repositories: '/',
  owner: '/local',
  code: base,
  branches: `${base}/branches`,
  branch: `${base}/tree/eval-results/some-batch`,
  folder: `${base}/tree/main/docs/a%20folder`,
  file: `${base}/blob/main/docs/a%20folder/%3Ci%3E.txt`,
  workflow: `${base}/blob/main/.github/workflows/demo.yml`,
  commits: `${base}/commits/main`,
  commit: `${base}/commit/${sha}`,
  runs: `${base}/actions`,
  'runs-filtered': `${base}/actions?workflow=demo.yml&status=failure`,
  'runs-none': `${base}/actions?workflow=none`,
  'run-succeeded': `${base}/actions/runs/${succeeded}`,
  'run-failed': `${base}/actions/runs/${failed}`,
  'run-waiting': `${base}/actions/runs/${deploying}`,
  'run-running': `${base}/actions/runs/${running}`,
  'job-succeeded': `${base}/actions/runs/${succeeded}/job/${await jobOf(succeeded, 'completed')}?step=2`,
  'job-failed': `${base}/actions/runs/${failed}/job/${await jobOf(failed, 'completed')}`,
  'job-running': `${base}/actions/runs/${running}/job/${await jobOf(running, 'in_progress')}`,
  deployments: `${base}/deployments`,
  issues: `${base}/issues`,
  issue: `${base}/issues/1`,
  pulls: `${base}/pulls`,
  pull: `${base}/pull/2`,
  compare: `${base}/compare/main...eval-results/some-batch`,
  releases: `${base}/releases`,
  release: `${base}/releases/tag/v1.0`,
  'not-found': `${base}/nothing/here`,
};

// --- Chromium

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
});

function watch(page, name) {
  page.on('console', (message) => {
    const expected = name === 'not-found' || name === 'signed-out';
    if (['error', 'warning'].includes(message.type()) && !expected) {
      demand(false, `${name}: console says ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => demand(false, `${name}: ${error}`));
  page.on('request', (request) => {
    demand(new URL(request.url()).origin === server, `${name}: asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const aborted = request.failure()?.errorText === 'net::ERR_ABORTED';
    demand(aborted, `${name}: ${request.url()} failed: ${request.failure()?.errorText}`);
  });
}

async function look(context, name, path, look) {
  const page = await context.newPage();
  watch(page, `${name} ${look}`.trim() && name);
  await page.goto(server + path, { waitUntil: 'load' });
  await page.locator('h1').waitFor();
  for (const problem of await page.evaluate(problemsOfPage)) {
    demand(false, `${name}, ${look}: ${problem}`);
  }
  await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
  return page;
}

// the link works once, and for whoever follows it first
const first = await browser.newContext();
const start = await first.newPage();
watch(start, 'link');
await start.goto(link);
await start.waitForURL(`${server}/`);
const storageState = await first.storageState();
const cookie = storageState.cookies[0];
demand(cookie?.httpOnly && cookie.sameSite === 'Strict', 'the cookie is not for this site and HTTP alone');
const stranger = await browser.newContext();
const refused = await stranger.newPage();
demand((await refused.goto(link)).status() === 401, 'the link worked twice');
await refused.close();

for (const colorScheme of ['light', 'dark']) {
  for (const width of [400, 1400]) {
    const viewport = { width, height: 900 };
    const name = `${colorScheme}-${width}`;
    const context = await browser.newContext({ colorScheme, viewport, storageState });
    for (const [page, path] of Object.entries(pages)) {
      await (await look(context, page, path, name)).close();
    }
    await context.close();
    const without = await browser.newContext({ colorScheme, viewport });
    await (await look(without, 'signed-out', pages.runs, name)).close();
    await without.close();
  }
}

// --- a log that grows, without loading the page again

const context = await browser.newContext({ storageState, viewport: { width: 1400, height: 900 } });
const log = await context.newPage();
watch(log, 'live log');
await log.goto(server + pages['job-running']);
await log.evaluate(() => { globalThis.sameDocument = true; });
const ticks = () => log.locator('.line', { hasText: /tick \d+/ }).count();
const before = await ticks();
await log.waitForFunction((count) => [...document.querySelectorAll('.line')]
  .filter((line) => /tick \d+/.test(line.textContent)).length > count + 10, before, { timeout: 30_000 });
const numbers = await log.locator('.line').evaluateAll((lines) =>
  lines.map((line) => /^tick (\d+)$/.exec(line.querySelector('.said').textContent)?.[1]).filter(Boolean).map(Number));
demand(numbers.every((number, i) => i === 0 || number === numbers[i - 1] + 1), 'the log has gaps or doubles');
demand(await log.evaluate(() => globalThis.sameDocument === true), 'the page was loaded again to show more of the log');

// a step that is opened loads its log; groups open
const prepare = log.locator('details.step', { hasText: 'Prepare' });
await prepare.locator(':scope > summary').click();
await prepare.getByText('plain, <script>hacked = 1</script> and `code`', { exact: true }).waitFor();
await prepare.locator('details.group').last().locator('summary').click();
await prepare.getByText('detail 3').waitFor({ state: 'visible' });
await log.getByLabel('Show times').check();
demand(await prepare.locator('.when').first().isVisible(), 'times cannot be shown');
await log.screenshot({ path: join(pictures, 'job-opened.png'), fullPage: false });

// an artifact arrives as a file
const results = await context.newPage();
watch(results, 'artifact');
await results.goto(server + pages['run-succeeded']);
const download = results.waitForEvent('download');
await results.getByRole('link', { name: 'scores & more' }).click();
const arrived = (await download).suggestedFilename();
demand(arrived === 'scores & more.zip', `the artifact arrives as ${arrived}`);

// by keyboard: the first stop is the way to the content, and it can be seen
const keys = await context.newPage();
watch(keys, 'keyboard');
await keys.goto(server + pages['run-running']);
await keys.keyboard.press('Tab');
const focused = await keys.evaluate(() => {
  const box = document.activeElement.getBoundingClientRect();
  const outlined = getComputedStyle(document.activeElement).outlineStyle !== 'none';
  return { name: document.activeElement.className, seen: box.top >= 0 && outlined };
});
demand(focused.name === 'skip' && focused.seen, 'the first stop of the Tab key is not a visible way to the content');

// a button: the run stops, and both pages show it by themselves
await keys.getByRole('button', { name: 'Cancel the run' }).click();
await keys.getByRole('status').getByText('Cancelled').waitFor({ timeout: 30_000 });
await log.getByRole('status').getByText('Cancelled').waitFor({ timeout: 30_000 });
demand(await log.evaluate(() => globalThis.sameDocument === true), 'the page of the job was loaded again at its end');
await keys.screenshot({ path: join(pictures, 'run-cancelled.png'), fullPage: true });

// a decision
await keys.goto(server + pages['run-waiting']);
await keys.getByRole('button', { name: 'Approve' }).click();
await keys.getByRole('status').getByText('Success').waitFor({ timeout: 30_000 });

await browser.close();
if (problems.length > 0) {
  console.error(`${problems.length} problems`);
  process.exit(1);
}
console.log(`${Object.keys(pages).length + 1} pages in light and dark, narrow and wide: as they should be`);
