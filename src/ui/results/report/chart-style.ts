/**
 * The colours of a chart and its page, in light and in dark. Text on the background has a contrast of at least 4.5,
 * lines and areas at least 3. Blue and orange differ for people who can't tell red from green.
 */
const light = {
  page: '#ffffff',
  panel: '#f6f8fa',
  text: '#1f2328',
  muted: '#59636e',
  rule: '#d1d9e0',
  stable: '#0969da',
  candidate: '#c2500a',
  alarm: '#cf222e',
  good: '#1a7f37',
  waiting: '#8a5d00',
} as const

const dark: Record<keyof typeof light, string> = {
  page: '#0d1117',
  panel: '#151b23',
  text: '#f0f6fc',
  muted: '#9da7b3',
  rule: '#3d444d',
  stable: '#4493f8',
  candidate: '#f0883e',
  alarm: '#ff7b72',
  good: '#3fb950',
  waiting: '#d8a52d',
}

function declared(colours: Record<string, string>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}

/** The colours as variables, for the element that `selector` names. */
export function colourStyle(selector: string): string {
  return `${selector}{color-scheme:light dark;${declared(light)}}
@media (prefers-color-scheme:dark){${selector}{${declared(dark)}}}`
}

/** The rules of a chart. */
export const chartStyle = `.chart text{fill:var(--text);font:12px system-ui,sans-serif;font-variant-numeric:tabular-nums}
.chart .small{fill:var(--muted);font-size:11px}
.chart .title{font-weight:600}
.chart .paper{fill:var(--page)}
.chart .grid{stroke:var(--rule);stroke-width:1}
.chart .base{stroke:var(--muted);stroke-width:1}
.chart .mark{stroke:var(--muted);stroke-width:1;stroke-dasharray:3 3}
.chart .mark.bad{stroke:var(--alarm);stroke-dasharray:none}
.chart .mark.good{stroke:var(--good);stroke-dasharray:none}
.chart text.bad{fill:var(--alarm);font-weight:600}
.chart text.good{fill:var(--good);font-weight:600}
.chart text.waiting{fill:var(--waiting);font-weight:600}
.chart .stable{fill:var(--stable)}
.chart .candidate{fill:var(--candidate)}
.chart .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.chart .line.stable{stroke:var(--stable)}
.chart .line.candidate{stroke:var(--candidate)}
.chart .share{fill:var(--candidate);fill-opacity:.22;stroke:none}
.chart .band{fill:var(--alarm);fill-opacity:.13}
.chart .firing{fill:var(--alarm)}
.chart .lacking{fill:none;stroke:var(--muted);stroke-dasharray:2 2}
.chart .touch{fill:transparent}
.chart .touch:hover{fill:var(--text);fill-opacity:.07}`
