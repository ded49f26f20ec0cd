import { type ColorName, palette, variableOf } from '../charts/palette.js';

/** The charts' colours on a dark ground. */
const darkPalette: Readonly<Record<ColorName, string>> = {
  ink: '#e8ebef',
  muted: '#a9b2bd',
  grid: '#2c333b',
  axis: '#6a7480',
  fault: '#e69f01',
  violation: '#ff9d66',
  lineA: '#56b4e9',
  lineB: '#f0803c',
  lineC: '#2fc293',
  lineD: '#dc9cc1',
  lineE: '#f0e442',
  heatA: '#1c3a54',
  heatB: '#2a5f8c',
  heatC: '#418fc9',
  heatD: '#82c0f2',
  heatE: '#dcefff',
  onHeatC: '#14181d',
  onHeatD: '#14181e',
};

const variables = (colors: Readonly<Record<ColorName, string>>): string =>
  Object.entries(colors).map(([name, color]) => `${variableOf(name)}:${color}`).join(';');

/** The style of the page. Good, bad and unsure differ in words and shapes as well as in colour. */
export const style = `
:root{color-scheme:light dark;${variables(palette)};
--ground:#fff;--raised:#f6f7f9;--line:#d9dde2;--link:#0a5fa3;
--good:#006b4e;--good-ground:#e3f4ee;--bad:#a33c00;--bad-ground:#fdeee3;--unsure:#5c5300;--unsure-ground:#f8f3d3}
@media (prefers-color-scheme:dark){:root{${variables(darkPalette)};
--ground:#14181d;--raised:#1c2229;--line:#343c46;--link:#7cc4f2;
--good:#5fd6ae;--good-ground:#12302a;--bad:#ff9d66;--bad-ground:#3a2114;--unsure:#e9dc6a;--unsure-ground:#322e12}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ql-ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main,header.page,footer{max-width:1160px;margin:0 auto;padding:0 20px}
header.page{padding-top:20px;color:var(--ql-muted);display:flex;gap:4px 16px;flex-wrap:wrap;align-items:baseline;justify-content:space-between;font-size:14px}
header.page b{color:var(--ql-ink);font-size:16px;letter-spacing:.01em}
footer{padding-top:24px;padding-bottom:32px;color:var(--ql-muted);font-size:14px}
h1,h2,h3{line-height:1.25;margin:0;text-wrap:balance}
h1{font-size:28px;letter-spacing:-.01em}main>h1{margin:14px 0 10px}h2 .muted{font-weight:400;font-size:.75em}h2{font-size:26px;letter-spacing:-.01em}h3,h2.part{font-size:18px;letter-spacing:0;margin:36px 0 10px}
p{margin:6px 0}a{color:var(--link)}
:focus-visible{outline:3px solid var(--ql-line-a);outline-offset:2px;border-radius:3px}
.unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.skip{position:absolute;left:-9999px}.skip:focus{left:8px;top:8px;background:var(--ground);padding:6px 10px;z-index:1}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em;overflow-wrap:anywhere}
.muted{color:var(--ql-muted)}.terms{color:var(--ql-muted);font-size:13.5px;margin:2px 0}
.run{padding:16px 0 28px}.run+.run{border-top:1px solid var(--line);margin-top:24px;padding-top:36px}
.description{color:var(--ql-muted);max-width:75ch;white-space:pre-line}
.answer{border-left:6px solid;border-radius:6px;padding:14px 18px 12px;margin:16px 0}
.answer .headline{font-size:21px;font-weight:650;line-height:1.3;margin:0;color:var(--ql-ink)}
.answer ul{margin:8px 0 0;padding-left:20px}.answer li{margin:3px 0;max-width:85ch}
.answer .word{text-transform:uppercase;letter-spacing:.07em;font-size:13px;font-weight:700;margin:0 0 3px}
.good{background:var(--good-ground);border-color:var(--good)}.good .word,.pill.good,td .good{color:var(--good)}
.bad{background:var(--bad-ground);border-color:var(--bad)}.bad .word,.pill.bad{color:var(--bad)}
.unsure,.noted{background:var(--unsure-ground);border-color:var(--unsure)}.unsure .word,.pill.unsure,.pill.noted{color:var(--unsure)}
.plain{background:var(--raised);border-color:var(--ql-axis)}
.pill{display:inline-block;padding:1px 9px 1px 7px;border-radius:99px;font-size:13.5px;font-weight:600;white-space:nowrap}
.icon{width:.95em;height:.95em;vertical-align:-.1em;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.pill.quiet{color:var(--ql-muted);background:var(--raised)}
.figures{display:grid;grid-template-columns:repeat(5,1fr);gap:10px;margin:16px 0 0;padding:0}
.figures div{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:11px 14px;display:flex;flex-direction:column}
.figures dt{font-size:13.5px;color:var(--ql-muted)}
.figures dd{margin:0}.figures .value{font-size:25px;font-weight:650;line-height:1.25;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.figures .note{font-size:13.5px;color:var(--ql-muted)}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 24px;margin-top:8px}
.charts figure{margin:0 0 26px;min-width:0;display:grid;grid-row:span 3;grid-template-rows:subgrid;grid-template-columns:minmax(0,1fr)}figure>svg{display:block;width:100%;height:auto}figure>svg,figure>.nothing{grid-row:3}
figcaption{display:flex;justify-content:space-between;gap:12px;align-items:baseline;font-weight:600}
figcaption .save{margin:0;position:relative}figcaption .save summary{font-size:13px;font-weight:400;color:var(--link);padding:2px 4px;list-style:none;text-decoration:underline}
figcaption .save summary::-webkit-details-marker{display:none}
figcaption .save span{position:absolute;right:0;top:100%;z-index:2;display:flex;background:var(--ground);border:1px solid var(--line);border-radius:6px;box-shadow:0 4px 14px #0003}
button,select,input{font:inherit;color:inherit}button{cursor:pointer}button:disabled{opacity:.45;cursor:default}
figcaption .save button{font-size:13px;font-weight:400;color:var(--link);background:none;border:0;padding:8px 12px}
.reading{font-size:13px;line-height:1.35;color:var(--ql-muted);margin:2px 0 4px;min-height:1.35em;font-variant-numeric:tabular-nums;display:none}.has-cursor .reading{display:block}
.has-cursor figure svg{touch-action:pan-y}.cursor{stroke:var(--ql-ink);stroke-width:1;pointer-events:none}.stretch *{vector-effect:non-scaling-stroke}.selecting .cursor{stroke-width:3;stroke:var(--link)}
.own-axis line{stroke:var(--ql-axis)}.own-axis text{fill:var(--ql-muted);font-size:12px;text-anchor:middle}
.time-bar{position:sticky;top:0;z-index:3;display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;background:var(--ground);border:1px solid var(--line);border-radius:8px;padding:8px 12px;margin:28px 0 0;font-size:14px;box-shadow:0 3px 10px #0000001a}
.time-bar[hidden]{display:none}.time-bar .instant{flex:1 1 160px;min-width:120px;accent-color:var(--ql-line-a);margin:0}
.instant-text{min-width:82px;font-variant-numeric:tabular-nums;font-weight:600}.zoom{display:inline-flex;gap:4px}
.time-bar button,.time-bar select{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:4px 10px;font-size:14px;min-height:30px;max-width:220px}.shown{color:var(--ql-muted)}
.timeline{border:1px solid var(--line);border-radius:8px;padding:12px 14px;display:none}.timeline.ready{display:block}
.timeline .buttons{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:center;font-size:14px}.timeline .buttons label{display:inline-flex;gap:6px;align-items:center}
.timeline button,.timeline select,.timeline input[type=number]{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:4px 10px;font-size:14px;min-height:32px}.timeline select{max-width:260px}.timeline input[type=number]{width:100px}
.timeline .play{min-width:74px}.timeline .scrub{width:100%;margin:12px 0 4px;accent-color:var(--ql-line-a)}.whereabouts:empty{display:none}.whereabouts{font-size:14px;background:var(--raised);border-radius:6px;padding:6px 10px;display:flex;flex-wrap:wrap;gap:6px 10px;align-items:center}.where-line{font-size:15px;min-height:3em;font-variant-numeric:tabular-nums}
.board{display:grid;gap:10px;margin:10px 0}.machines{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:10px}
.box{border:1px solid var(--line);border-radius:8px;padding:8px 12px;min-height:64px}.box p{margin:0 0 4px;font-size:14px}.box.down{border-style:dashed;background:var(--raised)}.box .struck{color:var(--bad)}.box .more{color:var(--ql-muted)}
.timeline .chip{padding:1px 7px;min-height:26px;min-width:26px;font-size:13px;margin:2px;border-width:2px;font-variant-numeric:tabular-nums}.chip.leased{border-color:var(--ql-line-b);border-style:dashed}.chip.ready{border-color:var(--ql-line-c)}.chip.delayed{border-color:var(--ql-axis);border-style:dotted}.chip.working{border-color:var(--ql-line-a)}
.timeline .chip.followed{background:var(--ql-ink);color:var(--ground)}
.lists{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px}.lists ol{list-style:none;margin:0;padding:0;font-size:13.5px;max-height:430px;overflow:auto}
.timeline .events button{display:block;width:100%;text-align:left;border:0;background:none;min-height:26px;padding:2px 8px;font-size:13.5px;overflow-wrap:anywhere}.timeline .events button[aria-current]{background:var(--raised);font-weight:700;box-shadow:inset 3px 0 var(--ql-line-a)}
.followed-story li{padding:2px 8px;overflow-wrap:anywhere}.followed-story .to-come{color:var(--ql-muted)}
.timeline dialog{border:1px solid var(--line);border-radius:8px;background:var(--ground);color:var(--ql-ink);max-width:92vw}
@media (max-width:700px){.lists{grid-template-columns:minmax(0,1fr)}}
.lead{max-width:85ch}.rule{display:block;color:var(--ql-muted);font-size:14.5px}.space-time{max-width:none;display:block}
.nothing{color:var(--ql-muted);background:var(--raised);border:1px dashed var(--line);border-radius:8px;padding:28px 18px;text-align:center;margin:8px 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:15px}
th,td{text-align:left;padding:7px 14px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--ql-muted);font-size:13.5px;white-space:nowrap}tbody th{color:var(--ql-ink);font-size:15px;white-space:normal;font-weight:400}
tr:last-child>*{border-bottom:0}.verdicts td:first-child{width:150px}.verdicts td:nth-child(3){width:110px}.verdicts td:nth-child(n+4){width:120px}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.story{list-style:none;margin:0;padding:0;border-left:2px solid var(--line)}
.story li{display:grid;grid-template-columns:150px minmax(0,1fr);gap:2px 14px;padding:4px 0 4px 16px;position:relative}
.story li::before{content:"";position:absolute;left:-5px;top:12px;width:8px;height:8px;border-radius:50%;background:var(--ql-axis)}
.story .bad-step::before{background:var(--bad);width:12px;height:12px;left:-7px;top:10px}.story .bad-step{background:none}.story .bad-step p{font-weight:600;color:var(--bad)}
.story .noted-step::before{background:var(--unsure);width:12px;height:12px;left:-7px;top:10px}.story .noted-step p{font-weight:600}
.story time{color:var(--ql-muted);font-variant-numeric:tabular-nums;font-size:14.5px;white-space:nowrap}.story p{margin:0;overflow-wrap:anywhere}
details{margin-top:14px}summary{cursor:pointer;font-size:16px;font-weight:600;padding:6px 0}
.verdicts tbody details{margin-top:2px}.verdicts tbody summary{font-size:15px;font-weight:400;padding:2px 0}.breaches{margin:4px 0 0;padding-left:32px}.breaches time{color:var(--ql-muted);font-variant-numeric:tabular-nums}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 18px;margin:12px 0 0}.facts dt{color:var(--ql-muted)}.facts dd{margin:0;overflow-wrap:anywhere}
.replay{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:10px 12px;margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
@media (min-width:901px){.figures:has(>:nth-child(6)){grid-template-columns:repeat(3,1fr)}}
@media (max-width:900px){.charts{grid-template-columns:minmax(0,1fr)}.figures{grid-template-columns:repeat(2,minmax(0,1fr))}.figures div:last-child:nth-child(odd){grid-column:1/-1}}
@media (max-width:600px){
.machines{grid-template-columns:repeat(2,minmax(0,1fr))}.box{min-height:52px;padding:6px 9px}
body{font-size:16px}main,header.page,footer{padding-left:14px;padding-right:14px}h1,h2{font-size:23px}h2.part{font-size:18px}.answer .headline{font-size:19px}
figure>svg{margin-left:-6px;margin-right:-6px;width:calc(100% + 12px)}figure>svg text{font-size:14px}figure>svg .bar_text_marks text{font-size:12.5px}figure>svg text[transform*="rotate"]{font-size:12px}
.story li{grid-template-columns:minmax(0,1fr)}.facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-bottom:8px}
table.stack thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
table.stack,table.stack tbody,table.stack tr,table.stack th,table.stack td{display:block}
table.stack tr{border-bottom:1px solid var(--line);padding:9px 0}table.stack th,table.stack td{border:0;padding:1px 0;text-align:left;white-space:normal}table.stack td[data-label]{display:inline-block;width:auto;margin-right:14px}
table.stack td[data-label]::before{content:attr(data-label) " ";color:var(--ql-muted);font-size:14px}}
@media print{.charts{grid-template-columns:minmax(0,1fr)}figure,tr{break-inside:avoid}figcaption .save,.time-bar{display:none}}
`;
