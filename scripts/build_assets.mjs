// Makes src/concordant/web/static from the packages of package-lock.json: the map's program, the base map, the letters.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const target = join(root, "src/concordant/web/static");

const copies = {
  "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
  "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
  "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
  "pmtiles.js": "pmtiles/dist/pmtiles.js",
  "serif-latin.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  "serif-latin-ext.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2",
  "sans-latin.woff2": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
  "sans-latin-ext.woff2": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2",
};

const read = (name) => JSON.parse(readFileSync(join(modules, "world-atlas", name), "utf8"));
const round = (digits) => (pair) => pair.map((n) => Number(n.toFixed(digits)));
const write = (name, value) => writeFileSync(join(target, name), JSON.stringify(value));

/** The names of countries in the project's own table, by their English name. */
function codes() {
  const lines = readFileSync(join(root, "src/concordant/places/data/countries.tsv"), "utf8").split("\n");
  const rows = lines.filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t"));
  const [head, ...body] = rows;
  return new Map(body.map((row) => [row[head.indexOf("name_en")], row[head.indexOf("code")]]));
}

// The names of the base map that are not those of the table.
const spelled = {
  "Central African Rep.": "CF", "Dem. Rep. Congo": "CD", "S. Sudan": "SS", "W. Sahara": "EH", "Eq. Guinea": "GQ",
  "Côte d'Ivoire": "CI", eSwatini: "SZ", "Congo": "CG", "Somaliland": "SO",
};

/** A line that goes on past 180 degrees where the data jump to the other side of the world. */
function unwrapped(line) {
  let turn = 0;
  return line.map(([x, y], i) => {
    if (i && x - line[i - 1][0] > 180) turn -= 360;
    if (i && x - line[i - 1][0] < -180) turn += 360;
    return [x + turn, y];
  });
}

const rings = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
const area = (ring) => ring.reduce((sum, [x, y], i) => sum + x * (ring[(i + 1) % ring.length][1]) - y * ring[(i + 1) % ring.length][0], 0) / 2;

/** The middle of a country's largest part: where its name is written. */
function middle(geometry) {
  const ring = rings(geometry).map((polygon) => unwrapped(polygon[0])).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0];
  let [sx, sy, sum] = [0, 0, 0];
  ring.forEach(([x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    const cross = x * ny - nx * y;
    sx += (x + nx) * cross; sy += (y + ny) * cross; sum += cross;
  });
  return { point: round(2)([sx / (3 * sum), sy / (3 * sum)]), size: Math.abs(area(ring)) };
}

function countryLabels(topology) {
  const known = codes();
  return feature(topology, topology.objects.countries).features.flatMap((country) => {
    const code = spelled[country.properties.name] ?? known.get(country.properties.name);
    if (!code) return [];
    const { point, size } = middle(country.geometry);
    return [{ type: "Feature", geometry: { type: "Point", coordinates: point }, properties: { code, name: country.properties.name, size: Math.round(size) } }];
  });
}

/** Land and borders for the browser's map: GeoJSON with two decimals (about one kilometre). */
function baseMap() {
  const topology = read("countries-50m.json");
  const land = feature(topology, topology.objects.land).features[0] ?? feature(topology, topology.objects.land);
  const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);
  const polygons = rings(land.geometry).map((polygon) => polygon.map((ring) => unwrapped(ring).map(round(2))));
  return {
    land: { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: polygons } },
    borders: { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: borders.coordinates.map((line) => unwrapped(line).map(round(2))) } },
    labels: { type: "FeatureCollection", features: countryLabels(topology) },
  };
}

/** Land and borders for the map that the server draws: lines of points with one decimal. */
function plainMap() {
  const topology = read("countries-50m.json");
  const land = feature(topology, topology.objects.land).features[0] ?? feature(topology, topology.objects.land);
  const thin = (line) => unwrapped(line).map(round(1)).filter((p, i, all) => i === 0 || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]);
  const large = rings(land.geometry).map((polygon) => polygon[0]).filter((ring) => Math.abs(area(ring)) > 0.05 && ring[0][1] > -60);
  const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);
  return { land: large.map(thin), borders: borders.coordinates.map(thin).filter((line) => line.length > 1), labels: countryLabels(topology).map((l) => [l.properties.code, ...l.geometry.coordinates, l.properties.size]) };
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [name, from] of Object.entries(copies)) copyFileSync(join(modules, from), join(target, name));
write("world.json", baseMap());
write("world-plain.json", plainMap());
