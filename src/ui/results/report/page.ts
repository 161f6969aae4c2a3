import { createHash } from 'node:crypto'
import type { ReleaseReport } from '../../../operation/report/report.ts'
import { asMarkup, type Markup, markup } from '../../text/markup/markup.ts'
import { formatMoment, withTimes } from '../../text/time.ts'
import { chartOf, reportMark } from './chart.ts'
import { pageStyle } from './page-style.ts'
import { alarmsPart, coursePart, errorsPart, figuresPart, gatesPart, planPart } from './parts.ts'
import { moodOf, outcomeText, versionsText, whoText } from './words.ts'

/**
 * The report as one HTML page that needs nothing else: no script, no file and no network, which its policy forbids
 * too. Each text from outside is escaped.
 */
export function reportPage(report: ReleaseReport): string {
  const { function: name, release } = report
  const title = `${name}: ${release.strategy} ${release.id}, ${versionsText(release)}`
  const digest = createHash('sha256').update(pageStyle).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`
  const page = markup`<!doctype html>
<!-- ${reportMark} -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${asMarkup(pageStyle)}</style>
</head>
<body>
<main>
${headOf(report)}
<figure class="wide">${chartOf(report, { width: 1040, id: 'wide' })}</figure>
<figure class="narrow">${chartOf(report, { width: 372, id: 'narrow' })}</figure>
${figuresPart(report)}
${coursePart(report)}
${gatesPart(report)}
${alarmsPart(report)}
${errorsPart(report)}
${planPart(report)}
<footer>Written by lambdactl at ${formatMoment(report.written)}. Journal: CloudWatch Logs, <code>/lambdactl/releases</code>, stream <code>${release.id}</code>.</footer>
</main>
</body>
</html>
`
  return page.text
}

function headOf(report: ReleaseReport): Markup {
  const { function: name, release } = report
  const { reason, breakglass, commit } = release
  const mood = moodOf(release)
  const why = reason !== undefined && markup`<p class="reason ${mood}">${withTimes(reason)}</p>`
  const past =
    breakglass !== undefined && markup`<p class="reason bad"><strong>Breakglass:</strong> ${breakglass}</p>`
  const facts: [string, string | undefined][] = [
    ['Function', report.lambdaName],
    ['Alias', report.alias],
    ['Environment', report.environment],
    ['Release', `${release.strategy} ${release.id}`],
    ['Started', formatMoment(release.started)],
    ['Ended', release.ended === undefined ? undefined : formatMoment(release.ended)],
    ['By', whoText(release)],
    ['Commit', commit?.slice(0, 12)],
  ]
  return markup`<header>
<h1>${name}, ${versionsText(release)}</h1>
<p><span class="badge ${mood}">${outcomeText(report)}</span></p>
${why}${past}
<dl class="facts">${facts.map(([term, value]) => value !== undefined && value !== '' && markup`<div${value.length > 40 && asMarkup(' class="whole"')}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
</header>`
}
