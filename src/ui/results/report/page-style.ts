import { chartStyle, colourStyle } from './chart-style.ts'

/** The style of a report's page: one column, readable from 320 pixels on, in light and dark, and on paper. */
export const pageStyle = `${colourStyle(':root')}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;-webkit-text-size-adjust:100%}
main{overflow-wrap:anywhere;max-width:1080px;margin:0 auto;padding:28px 20px 48px}
h1{font-size:26px;line-height:1.25;margin:0 0 6px;overflow-wrap:anywhere}
h2{font-size:18px;margin:40px 0 12px;padding-bottom:6px;border-bottom:1px solid var(--rule)}
h3{font-size:15px;margin:20px 0 6px;overflow-wrap:anywhere}
p{margin:8px 0;overflow-wrap:anywhere}
.muted{color:var(--muted)}
.badge{display:inline-block;padding:2px 11px;border-radius:999px;font-size:14px;font-weight:600;border:1.5px solid;white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--alarm)}.waiting{color:var(--waiting)}.going{color:var(--stable)}
.reason{margin:18px 0 0;padding:12px 16px;background:var(--panel);border-left:4px solid var(--muted);border-radius:0 6px 6px 0}
.reason.bad{border-color:var(--alarm);color:var(--text)}
.reason.waiting{border-color:var(--waiting);color:var(--text)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:14px 24px;margin:20px 0 0}
.facts dt{font-size:13px;color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
.facts .whole{grid-column:1/-1}
figure{margin:24px 0 0}
.chart{display:block;max-width:100%;height:auto}
.narrow{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:7px 14px 7px 0;border-bottom:1px solid var(--rule)}
th{font-size:13px;font-weight:600;color:var(--muted)}
td{overflow-wrap:anywhere}
td.time,th.time{white-space:nowrap}
td.short{min-width:8.5em}
.number{text-align:right}
.swatch{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:7px}
.swatch.candidate{background:var(--candidate)}.swatch.stable{background:var(--stable)}
pre{margin:8px 0;padding:10px 12px;background:var(--panel);border-radius:6px;font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
summary{cursor:pointer;color:var(--muted);font-size:14px}
:focus-visible{outline:2px solid var(--stable);outline-offset:2px}
footer{margin-top:44px;padding-top:12px;border-top:1px solid var(--rule);font-size:13px;color:var(--muted)}
@media (max-width:640px){main{padding:20px 14px 36px}h1{font-size:21px}.wide{display:none}.narrow{display:block}.facts{grid-template-columns:1fr 1fr;gap:12px 16px}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows tr{display:block;padding:9px 0;border-bottom:1px solid var(--rule)}
.rows td.time{color:var(--muted);font-size:13px}.rows td.short,.rows td:first-child:not(.time){font-weight:600}
.rows td{display:block;min-width:0;padding:0;border:0;text-align:left}
.rows td[data-name]:not(:empty)::before{content:attr(data-name) " ";color:var(--muted)}}
@media print{main{max-width:none;padding:0}h2{break-after:avoid}tr,figure,pre{break-inside:avoid}}
${chartStyle}`
