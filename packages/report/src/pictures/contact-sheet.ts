import type { SeenPicture, StudyResults } from '@sentinode/study';
import { pngAddress, rgbPng } from '../drawing/png.ts';
import { escapeText } from '../text/escape.ts';
import { smaller } from './smaller.ts';

/** Pixels of a small picture, and how many the page holds: together under one and a half megabytes. */
const SIDE = 80;
const MOST = 48;

/** Small pictures of what the network saw of the first patients, by patient and visit; empty where there are none. */
export async function contactSheet(pictures: readonly SeenPicture[], results: StudyResults): Promise<string> {
  if (pictures.length === 0) return '';
  const visits = [...new Set(pictures.map(({ visit }) => visit))];
  const patients = [...new Set(pictures.map(({ patient }) => patient))];
  const shown = patients.slice(0, Math.max(1, Math.floor(MOST / visits.length)));
  const cells: string[] = [];
  for (const patient of shown) {
    let cell = '';
    for (const visit of visits) {
      const picture = pictures.find((one) => one.patient === patient && one.visit === visit);
      if (picture === undefined) continue;
      const pixels = smaller(await picture.pixels(), picture.side, SIDE);
      cell += `<img width="${SIDE}" height="${SIDE}" alt="${escapeText(`${patient}, ${visit}`)}" src="${pngAddress(rgbPng(SIDE, SIDE, pixels))}">`;
    }
    cells.push(`<div class="seen">${cell}<span>${escapeText(patient)}</span></div>`);
  }
  const of =
    shown.length < patients.length
      ? `The first ${shown.length} of ${patients.length} patients`
      : `All ${patients.length} patients`;
  const [red, green, blue] = pictures[0]!.channels;
  const notices = results.study.banners.map((banner) => ` ${banner}.`).join('');
  return `<figure id="figure-pictures"><div class="sheet">${cells.join('')}</div><figcaption><b>What the network saw.</b> ${escapeText(`${of}; ${visits.join(', ')} from left to right: the chosen slice of each visit, ${red} in red, ${green} in green, ${blue} in blue, as it was shown to the network, here at ${SIDE} pixels. In full size in the folder pictures.${notices}`)}</figcaption></figure>`;
}
