/** Style of the report: readable on screen and on paper, no file but itself. */
export const style = `
:root{--ink:#1d2733;--faint:#5f6b7a;--line:#d9dee5;--ground:#f4f6f8;--accent:#0b5394}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);font:15px/1.55 "DejaVu Sans",system-ui,"Segoe UI",Helvetica,Arial,sans-serif;background:#fff}
.notice{background:#fff4d6;border-bottom:1px solid #e0c36a;padding:.5rem 1.25rem;font-size:.9rem}
.notice b{color:#8a3d00}
.page{display:grid;grid-template-columns:13rem minmax(0,64rem);gap:2rem;max-width:81rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
nav{position:sticky;top:1rem;align-self:start;font-size:.88rem}
nav ol{list-style:none;margin:0;padding:0}
nav a{display:block;padding:.22rem .5rem;color:var(--faint);text-decoration:none;border-left:2px solid var(--line)}
nav a:hover,nav a:focus{color:var(--accent);border-color:var(--accent)}
h1{font-size:1.7rem;line-height:1.25;margin:.2rem 0 .3rem}
h2{font-size:1.22rem;margin:2.6rem 0 .8rem;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
h3{font-size:1rem;margin:1.6rem 0 .5rem}
p{margin:.5rem 0}
.lead{color:var(--faint)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:.8rem;margin:1rem 0}
.card{background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem}
.card b{display:block;font-size:1.35rem;font-weight:600}
.card span{color:var(--faint);font-size:.86rem}
table{border-collapse:collapse;font-size:.83rem;margin:.4rem 0;width:100%}
caption{text-align:left;font-weight:600;padding:.2rem 0 .4rem;font-size:.95rem}
th,td{padding:.28rem .45rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{border-top:1.5px solid var(--ink);border-bottom:1px solid var(--ink)}
tbody tr:last-child td{border-bottom:1.5px solid var(--ink)}
td.number{font-variant-numeric:tabular-nums}
td .ci{white-space:nowrap}
td.level{padding-left:1.6rem;color:#3b4653}
.wide{overflow-x:auto}
.from{font-size:.92em;overflow-wrap:anywhere}
.note,figcaption{color:var(--faint);font-size:.83rem;margin:.3rem 0 1rem}
figure{margin:1rem 0 1.6rem}
figure svg{max-width:100%;height:auto;border:1px solid var(--line);border-radius:4px}
figure img{image-rendering:auto;margin-right:2px}
.sheet{display:flex;flex-wrap:wrap;gap:.6rem}
.seen span{display:block;font-size:.72rem;color:var(--faint)}
details{margin:.6rem 0}
summary{cursor:pointer;font-weight:600;padding:.3rem 0}
code{background:var(--ground);padding:.05rem .25rem;border-radius:3px;font-size:.86em;overflow-wrap:anywhere}
.formula{background:var(--ground);border:1px solid var(--line);border-radius:4px;padding:.7rem .9rem;font-size:.83rem;overflow-wrap:anywhere}
.missing{color:var(--faint);border:1px dashed var(--line);padding:.5rem .8rem;border-radius:4px}
footer{border-top:1px solid var(--line);color:var(--faint);font-size:.83rem;padding-top:.8rem;margin-top:3rem}
@media(max-width:60rem){.page{display:block}nav{position:static;margin-bottom:1.5rem}}
@media print{nav{display:none}.page{display:block;padding:0;max-width:none}h2{break-after:avoid}figure,table{break-inside:avoid}body{font-size:10pt}.wide{overflow:visible}figure svg{max-height:23cm}details::details-content{content-visibility:visible;height:auto}table{font-size:7.5pt}th,td{padding:.2rem .3rem}}
`.trim();
