/** An SVG that plays screens of a terminal one after the other, by CSS alone: GitHub and npm show it as an image. */

import type { Frame, Run } from './frames.ts'

/** Pixels of a cell, and around the screen. */
const cell = { width: 8, height: 18 }
const edge = { side: 16, top: 40, bottom: 14 }

/** How long the last screen stays before the picture begins again, in milliseconds. */
const lastStays = 8000

/** A dark window, which is readable on a light page and on a dark one. Each contrast to it is at least 5 to 1. */
const style = `
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  fill: #d8dee6 }
.bold { font-weight: bold } .dim, .grey { fill: #98a2b0 }
.red { fill: #ff7b72 } .green { fill: #56d364 } .yellow { fill: #e3b341 }
.blue { fill: #79b8ff } .magenta { fill: #d2a8ff } .cyan { fill: #56d4dd }`

/** Draws the frames beside each other, and moves them past a window; without motion the last one stands still. */
export function picture(frames: readonly Frame[], columns: number, title: string): string {
  const rows = Math.max(...frames.map(({ lines }) => lines.findLastIndex((line) => line.length > 0))) + 1
  const inner = { width: columns * cell.width, height: rows * cell.height }
  const width = inner.width + 2 * edge.side
  const height = inner.height + edge.top + edge.bottom
  const known = new Map<string, number>()
  const films = frames.map((frame, index) => screen(frame, index * inner.width, known))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<style>${style}
${motion(frames, inner.width)}</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="9" fill="#12161c" stroke="#4a5463"/>
<circle cx="20" cy="19" r="5.5" fill="#ff7b72"/><circle cx="38" cy="19" r="5.5" fill="#e3b341"/><circle cx="56" cy="19" r="5.5" fill="#56d364"/>
<svg x="${edge.side}" y="${edge.top}" width="${inner.width}" height="${inner.height}">
<defs>
${Array.from(known, ([text, number]) => `<text id="l${number}">${text}</text>`).join('\n')}
</defs>
<g class="film">
${films.join('\n')}
</g>
</svg>
</svg>
`
}

/** Each frame has its share of the whole time; `step-end` makes the film jump. */
function motion(frames: readonly Frame[], width: number): string {
  const whole = (frames.at(-1)?.time ?? 0) + lastStays
  const keys = frames.map(({ time }, index) => {
    const share = index === 0 ? 0 : (time / whole) * 100
    return `${share.toFixed(2)}% { transform: translateX(-${index * width}px) }`
  })
  const last = `translateX(-${(frames.length - 1) * width}px)`
  return `.film { transform: ${last}; animation: film ${(whole / 1000).toFixed(1)}s step-end infinite }
@keyframes film { ${keys.join(' ')} 100% { transform: ${last} } }
@media (prefers-reduced-motion: reduce) { .film { animation: none } }`
}

/** A line that is on many screens is drawn once, and numbered in `known`. */
function screen({ lines }: Frame, x: number, known: Map<string, number>): string {
  const uses = lines.flatMap((line, row) => {
    if (line.length === 0) return []
    const text = line.map(span).join('')
    const number = known.get(text) ?? known.size
    known.set(text, number)
    return [`<use href="#l${number}" y="${row * cell.height + 13}"/>`]
  })
  return `<g transform="translate(${x})">${uses.join('')}</g>`
}

/** The length keeps the columns in line whatever font is there. */
function span({ column, text, style: classes }: Run): string {
  const look = classes === '' ? '' : ` class="${classes}"`
  return `<tspan x="${column * cell.width}" textLength="${text.length * cell.width}"${look}>${escaped(text)}</tspan>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
