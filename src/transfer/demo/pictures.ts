import sharp from 'sharp';

const WIDTH = 1800;
const HEIGHT = 1200;

/** A drawn picture of the demonstration. */
export interface DrawnPicture {
  key: string;
  filename: string;
  alt: string;
  svg: string;
}

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function svg(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${body}</svg>`;
}

function gradient(id: string, ...stops: string[]): string {
  const step = 1 / (stops.length - 1);
  const marks = stops.map(
    (color, index) => `<stop offset="${(index * step).toFixed(3)}" stop-color="${color}"/>`,
  );
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${marks.join('')}</linearGradient>`;
}

function smooth(points: [number, number][]): string {
  const [first = [0, 0], ...rest] = points;
  let [x, y] = first;
  let path = `M${x.toFixed(1)} ${y.toFixed(1)}`;
  for (const [nextX, nextY] of rest) {
    const middle = (x + nextX) / 2;
    path += ` C${middle.toFixed(1)} ${y.toFixed(1)} ${middle.toFixed(1)} ${nextY.toFixed(1)} ${nextX.toFixed(1)} ${nextY.toFixed(1)}`;
    [x, y] = [nextX, nextY];
  }
  return path;
}

/** A ridge of hills from edge to edge, filled down to the bottom. */
function ridge(seed: number, top: number, height: number, color: string): string {
  const random = numbers(seed);
  const points: [number, number][] = [];
  for (let x = -100; x <= WIDTH + 100; x += 120) points.push([x, top + random() * height]);
  return `<path d="${smooth(points)} L${WIDTH + 100} ${HEIGHT} L-100 ${HEIGHT} Z" fill="${color}"/>`;
}

/** Short strokes of light on water, wider towards the reader. */
function glints(seed: number, horizon: number, centre: number, color: string, count = 90): string {
  const random = numbers(seed);
  const strokes = Array.from({ length: count }, () => {
    const depth = random() ** 1.6;
    const y = horizon + 12 + depth * (HEIGHT - horizon - 30);
    const spread = 40 + depth * 420;
    const x = centre + (random() - 0.5) * 2 * spread;
    const length = 14 + depth * 130 * random();
    return `<path d="M${x.toFixed(0)} ${y.toFixed(0)}h${length.toFixed(0)}" stroke-width="${(1.5 + depth * 4).toFixed(1)}" opacity="${(0.25 + random() * 0.6).toFixed(2)}"/>`;
  });
  return `<g stroke="${color}" stroke-linecap="round" fill="none">${strokes.join('')}</g>`;
}

function harbour(): string {
  const masts = [420, 505, 610, 1240, 1330, 1485].map((x, index) => {
    const height = 210 + ((index * 67) % 120);
    return `<path d="M${x} 760v-${height}M${x} ${760 - height + 24}l-52 ${height - 60}M${x} ${760 - height + 24}l46 ${height - 60}" stroke="#2b2522" stroke-width="4" fill="none"/>
      <path d="M${x - 86} 752q86 46 172 0l-18 40h-136z" fill="#2b2522"/>`;
  });
  return svg(`<defs>${gradient('sky', '#31405c', '#8a6a72', '#e0a070', '#f6d6a8')}${gradient('sea', '#b9805f', '#4a4a5c', '#23293a')}</defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>
    <circle cx="960" cy="640" r="86" fill="#fbe3b4"/>
    ${ridge(7, 590, 80, '#5b5263')}${ridge(11, 640, 60, '#463f4b')}
    <rect y="720" width="${WIDTH}" height="480" fill="url(#sea)"/>
    <path d="M0 720h520l40 26v22H0zM1180 720h620v48h-640z" fill="#332c2b"/>
    ${masts.join('')}${glints(3, 760, 960, '#fbe3b4', 110)}`);
}

function lighthouse(): string {
  return svg(`<defs>${gradient('sky', '#10182b', '#22375a', '#5d7490', '#c9b6a0')}${gradient('sea', '#4c6379', '#1a2a40')}
    <radialGradient id="beam" gradientUnits="userSpaceOnUse" cx="1240" cy="352" r="1300"><stop offset="0" stop-color="#ffe9b8"/><stop offset="1" stop-color="#ffe9b8" stop-opacity="0"/></radialGradient></defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>
    ${stars(21, 120)}
    <rect y="820" width="${WIDTH}" height="380" fill="url(#sea)"/>
    <path d="M1240 352L-60 150V540Z" fill="url(#beam)" opacity=".5"/><path d="M1240 352L1900 270V470Z" fill="url(#beam)" opacity=".3"/>
    ${glints(9, 840, 560, '#ffe9b8', 60)}
    <path d="M1000 880q140-90 300-60t330 80l170 300H800z" fill="#1c1f29"/>
    <path d="M1194 820l22-420h48l22 420z" fill="#ece4d6"/><path d="M1206 590h68l6 110h-80zM1212 420h56l2 70h-62z" fill="#9a3412"/>
    <rect x="1206" y="376" width="68" height="26" fill="#2b2522"/><rect x="1218" y="326" width="44" height="52" fill="#ffe9b8"/><path d="M1210 326l30-44 30 44z" fill="#2b2522"/>`);
}

function stars(seed: number, count: number): string {
  const random = numbers(seed);
  const dots = Array.from(
    { length: count },
    () =>
      `<circle cx="${(random() * WIDTH).toFixed(0)}" cy="${(random() * 560).toFixed(0)}" r="${(0.8 + random() * 2).toFixed(1)}" opacity="${(0.3 + random() * 0.7).toFixed(2)}"/>`,
  );
  return `<g fill="#f4ead6">${dots.join('')}</g>`;
}

function chart(): string {
  const random = numbers(5);
  const shore = Array.from({ length: 15 }, (_, index): [number, number] => [
    -60 + index * 140,
    420 + Math.sin(index * 0.9) * 130 + random() * 120,
  ]);
  const contours = [0, 1, 2, 3, 4, 5].map((line) => {
    const points = shore.map(([x, y]): [number, number] => [
      x,
      y + 70 + line * (66 + random() * 30),
    ]);
    return `<path d="${smooth(points)}" stroke="#3f6473" stroke-width="${line === 0 ? 3 : 1.6}" stroke-dasharray="${line % 2 ? '10 8' : 'none'}" fill="none" opacity="${0.85 - line * 0.1}"/>`;
  });
  const soundings = Array.from({ length: 70 }, () => {
    const x = 60 + random() * (WIDTH - 120);
    const y = 640 + random() * 500;
    return `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}">${String(Math.round(2 + ((y - 560) / 640) * 38 + random() * 6))}</text>`;
  });
  const grid = [300, 600, 900, 1200, 1500]
    .map((x) => `<path d="M${x} 0V${HEIGHT}"/>`)
    .concat([240, 480, 720, 960].map((y) => `<path d="M0 ${y}H${WIDTH}"/>`));
  const rays = Array.from({ length: 32 }, (_, index) => {
    const angle = (index * Math.PI) / 16;
    const length = index % 8 === 0 ? 150 : index % 4 === 0 ? 120 : 92;
    return `<path d="M1480 250L${(1480 + Math.sin(angle) * length).toFixed(1)} ${(250 - Math.cos(angle) * length).toFixed(1)}" stroke-width="${index % 8 === 0 ? 5 : 2}"/>`;
  });
  return svg(`<rect width="${WIDTH}" height="${HEIGHT}" fill="#eef3ef"/>
    <path d="${smooth(shore)} L${WIDTH + 200} -50 L-60 -50 Z" fill="#f0e2c4" stroke="#6a5a3c" stroke-width="4"/>
    <g stroke="#9fb0ad" stroke-width="1.2">${grid.join('')}</g>${contours.join('')}
    <g fill="#38525c" font-family="Georgia, serif" font-size="22" opacity=".8">${soundings.join('')}</g>
    <g stroke="#9a3412" fill="none">${rays.join('')}<circle cx="1480" cy="250" r="70" stroke-width="3"/><circle cx="1480" cy="250" r="156" stroke-width="2"/></g>
    <path d="M1480 70l22 62h-44z" fill="#9a3412"/>
    <path d="M180 1090L620 700L1010 880L1450 640" fill="none" stroke="#9a3412" stroke-width="4" stroke-dasharray="18 12"/>`);
}

function dial(): string {
  const ticks = Array.from({ length: 101 }, (_, index) => {
    const angle = ((-135 + index * 2.7) * Math.PI) / 180;
    const inner = index % 10 === 0 ? 330 : index % 5 === 0 ? 352 : 366;
    const at = (radius: number) =>
      `${(900 + Math.sin(angle) * radius).toFixed(1)} ${(600 - Math.cos(angle) * radius).toFixed(1)}`;
    return `<path d="M${at(inner)}L${at(390)}" stroke-width="${index % 10 === 0 ? 6 : 2.5}"/>`;
  });
  return svg(`<defs><radialGradient id="brass" cx=".38" cy=".32" r=".8"><stop offset="0" stop-color="#f2d79a"/><stop offset=".55" stop-color="#b98a43"/><stop offset="1" stop-color="#6d4a20"/></radialGradient>
    ${gradient('wall', '#3b3430', '#241f1d')}</defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#wall)"/>
    <circle cx="900" cy="600" r="520" fill="url(#brass)"/><circle cx="900" cy="600" r="446" fill="#2b2522"/><circle cx="900" cy="600" r="436" fill="#f7f1e3"/>
    <g stroke="#2b2522" stroke-linecap="round">${ticks.join('')}</g>
    <path d="M900 600L1120 330" stroke="#1d1b18" stroke-width="12" stroke-linecap="round"/><path d="M900 600L800 722" stroke="#1d1b18" stroke-width="18" stroke-linecap="round"/>
    <path d="M900 600L742 318" stroke="#9a3412" stroke-width="6" stroke-linecap="round"/>
    <circle cx="900" cy="600" r="26" fill="url(#brass)" stroke="#2b2522" stroke-width="4"/>
    <path d="M560 420A400 400 0 0 1 760 240" fill="none" stroke="#fff" stroke-width="26" opacity=".35" stroke-linecap="round"/>`);
}

function fog(): string {
  const layers = [0, 1, 2, 3, 4].map((layer) =>
    ridge(
      40 + layer,
      420 + layer * 120,
      110,
      ['#b9bfc0', '#a5adaf', '#8d979b', '#737f85', '#59666d'][layer] ?? '#59666d',
    ),
  );
  return svg(`<defs>${gradient('air', '#d9d9d2', '#e9e2d4', '#c9cbc6')}</defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#air)"/>
    <circle cx="1250" cy="300" r="90" fill="#f7edd6" opacity=".9"/>${layers.join('')}
    <path d="M520 900v-210M520 706l-70 150M520 706l64 150" stroke="#3c464c" stroke-width="5" fill="none"/><path d="M420 892q100 56 204 0l-24 52h-156z" fill="#3c464c"/>
    <rect y="940" width="${WIDTH}" height="260" fill="#e9e2d4" opacity=".35"/>`);
}

function straight(points: [number, number][]): string {
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;
}

function tide(): string {
  const curve = (phase: number, height: number): [number, number][] =>
    Array.from({ length: 181 }, (_, index) => [
      index * 10,
      640 - Math.sin(index * 0.07 + phase) * height * (0.7 + 0.3 * Math.sin(index * 0.017)),
    ]);
  const rules = Array.from(
    { length: 13 },
    (_, index) => `<path d="M0 ${180 + index * 76}H${WIDTH}"/>`,
  );
  return svg(`<defs>${gradient('water', '#6f97a0', '#2f5561')}</defs><rect width="${WIDTH}" height="${HEIGHT}" fill="#f7f1e3"/>
    <g stroke="#d8cdb6" stroke-width="2">${rules.join('')}</g>
    <path d="${straight(curve(0, 300))} L${WIDTH} ${HEIGHT} L0 ${HEIGHT} Z" fill="url(#water)" opacity=".85"/>
    <path d="${straight(curve(0.5, 240))}" fill="none" stroke="#9a3412" stroke-width="6"/>
    <path d="${straight(curve(1.1, 180))}" fill="none" stroke="#1d1b18" stroke-width="3" stroke-dasharray="14 12"/>`);
}

/** The pictures of the demonstration, drawn by us. */
export const drawnPictures: readonly DrawnPicture[] = [
  {
    key: 'harbour',
    filename: 'harbour-at-dusk.jpg',
    alt: 'Masts in a harbour at dusk, the sun low between two moles',
    svg: harbour(),
  },
  {
    key: 'lighthouse',
    filename: 'lighthouse.jpg',
    alt: 'A white and rust-red lighthouse at night, its beam over the sea',
    svg: lighthouse(),
  },
  {
    key: 'chart',
    filename: 'chart.jpg',
    alt: 'A sea chart: a coast, contours of depth, soundings, a compass rose and a dashed course',
    svg: chart(),
  },
  {
    key: 'dial',
    filename: 'barometer.jpg',
    alt: 'The brass dial of a barometer, its hand a little left of fair',
    svg: dial(),
  },
  {
    key: 'fog',
    filename: 'morning-fog.jpg',
    alt: 'A single boat before hills that fade into morning fog',
    svg: fog(),
  },
  {
    key: 'tide',
    filename: 'tide-curve.jpg',
    alt: 'Three tide curves drawn over ruled paper, the lowest filled like water',
    svg: tide(),
  },
];

/** A drawing as a JPEG file. */
export function jpegOf(picture: DrawnPicture): Promise<Buffer> {
  return sharp(Buffer.from(picture.svg)).jpeg({ quality: 86, mozjpeg: true }).toBuffer();
}
