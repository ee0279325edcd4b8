// The map that moves: land and borders that came with the program, events as discs of their uncertainty.
// Without it the page keeps the map that the server drew.
import * as maplibre from "/static/maplibre-gl.mjs";

const holder = document.getElementById("map-holder");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A ring around a point, as many kilometres away. */
function disc([lon, lat], km, corners = 48) {
  const ring = [];
  for (let i = 0; i <= corners; i += 1) {
    const turn = (i / corners) * 2 * Math.PI;
    const north = lat + (km / 111.32) * Math.sin(turn);
    ring.push([lon + (km / (111.32 * Math.max(0.05, Math.cos((lat * Math.PI) / 180)))) * Math.cos(turn), north]);
  }
  return [ring];
}

const collection = (features) => ({ type: "FeatureCollection", features });
const shape = (type, coordinates, { corridor, line, ...properties }) => ({ type: "Feature", properties, geometry: { type, coordinates } });
const discs = (points) => collection(points.features.filter((f) => f.properties.radius && !f.properties.corridor)
  .map((f) => shape("Polygon", disc(f.geometry.coordinates, f.properties.radius), f.properties)));
/** What was told as "between A and B": its outline, and the line between both ends, which is seen from afar too. */
const corridors = (points) => collection(points.features.filter((f) => f.properties.corridor).flatMap((f) => [
  shape("Polygon", [f.properties.corridor], f.properties), shape("LineString", f.properties.line, f.properties)]));

function bounds(points) {
  const box = new maplibre.LngLatBounds();
  for (const feature of points.features) for (const point of feature.properties.line ?? [feature.geometry.coordinates]) box.extend(point);
  return box;
}

function named(labels) {
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });
  for (const label of labels.features) label.properties.name = names.of(label.properties.code) ?? label.properties.name;
  return labels;
}

/* Tiles of the operator's own, drawn over the land that came with the program and under the events */

const tiles = holder?.dataset.tiles ? JSON.parse(holder.dataset.tiles) : null;

function tileSource() {
  if (!tiles) return {};
  const packed = tiles.address.startsWith("/");
  const from = packed ? { url: `pmtiles://${location.origin}${tiles.address}` } : { tiles: [tiles.address] };
  return { tiles: { type: tiles.kind, minzoom: tiles.lowest, maxzoom: tiles.highest, ...(tiles.kind === "raster" ? { tileSize: 256 } : {}), ...from } };
}

/** How a layer of vector tiles is drawn, by what its name says it is: the schemas in use call these things much alike. */
function drawn(layer) {
  const base = (type, paint, more = {}) => ({ id: `tiles-${layer}-${type}`, type, source: "tiles", "source-layer": layer, paint, ...more });
  const area = (colour_, opacity = 1) => base("fill", { "fill-color": colour_, "fill-opacity": opacity }, { filter: ["==", ["geometry-type"], "Polygon"] });
  const line = (colour_, width) => base("line", { "line-color": colour_, "line-width": width });
  if (/water|ocean|sea|lake|river/i.test(layer)) return [area(colour("--sea")), line(colour("--sea"), 1)];
  if (/^(earth|land)$/i.test(layer)) return [area(colour("--land"))];
  if (/road|transport|street|rail|transit/i.test(layer)) return [line(colour("--strong"), 0.9)];
  if (/bound|admin|border/i.test(layer)) return [line(colour("--border"), 1)];
  if (/place|label|name|poi/i.test(layer)) {
    return [base("symbol", { "text-color": colour("--soft"), "text-halo-color": colour("--land"), "text-halo-width": 1.3 }, {
      layout: { "text-field": ["coalesce", ["get", `name:${document.documentElement.lang}`], ["get", "name"], ""], "text-size": 12, "text-font": ["Source Sans"] } })];
  }
  return [area(colour("--rule"), 0.5), line(colour("--rule"), 0.6)];
}

/** Whether the tiles bring names of their own: those of countries would stand there twice. */
const lettered = tiles && (tiles.kind === "raster" || tiles.layers.some((layer) => /place|label|name/i.test(layer)));

function tileLayers() {
  if (!tiles) return [];
  if (tiles.kind === "raster") return [{ id: "tiles", type: "raster", source: "tiles" }];
  const rank = (layer) => (layer.type === "symbol" ? 2 : layer.type === "line" ? 1 : 0);
  return tiles.layers.flatMap(drawn).sort((a, b) => rank(a) - rank(b));
}

function style(world, points) {
  const dead = ["case", [">", ["get", "killed"], 0], colour("--dead"), colour("--link")];
  const single = ["all", ["!", ["has", "point_count"]], ["!", ["has", "corridor"]]]; // a corridor is never a pin
  return {
    version: 8,
    sources: {
      ...tileSource(), land: { type: "geojson", data: world.land }, borders: { type: "geojson", data: world.borders },
      labels: { type: "geojson", data: named(world.labels) },
      discs: { type: "geojson", data: discs(points) }, corridors: { type: "geojson", data: corridors(points) },
      events: {
        type: "geojson", data: points, cluster: !points.together, clusterRadius: 34, clusterMaxZoom: 9,
        clusterProperties: { killed: ["+", ["get", "killed"]], events: ["+", ["get", "events"]] },
      },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land") } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("--border"), "line-width": 1 } },
      ...tileLayers(),
      { id: "disc", type: "fill", source: "discs", paint: { "fill-color": dead, "fill-opacity": 0.14 } },
      { id: "edge-at", type: "line", source: "discs", filter: ["==", ["get", "relation"], "at"], paint: { "line-color": dead, "line-width": 1.2 } },
      { id: "edge-near", type: "line", source: "discs", filter: ["!=", ["get", "relation"], "at"], paint: { "line-color": dead, "line-width": 1.2, "line-dasharray": [3, 2] } },
      { id: "corridor", type: "fill", source: "corridors", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": dead, "fill-opacity": 0.18 } },
      { id: "edge-corridor", type: "line", source: "corridors", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": dead, "line-width": 1.2, "line-dasharray": [3, 2] } },
      { id: "corridor-line", type: "line", source: "corridors", filter: ["==", ["geometry-type"], "LineString"], layout: { "line-cap": "round" }, paint: { "line-color": dead, "line-width": 4, "line-opacity": 0.45 } },
      ...(lettered ? [] : [{ id: "names", type: "symbol", source: "labels", layout: { "text-field": ["get", "name"], "text-size": 13, "text-font": ["Source Sans"], "symbol-sort-key": ["-", 0, ["get", "size"]] }, paint: { "text-color": colour("--soft"), "text-halo-color": colour("--land"), "text-halo-width": 1.4 } }]),
      { id: "point", type: "circle", source: "events", filter: single, paint: { "circle-radius": ["case", [">", ["get", "events"], 1], ["+", 6, ["*", 2.4, ["log2", ["get", "events"]]]], 3.5], "circle-color": dead, "circle-opacity": 0.75, "circle-stroke-width": 1, "circle-stroke-color": colour("--land") } },
      { id: "cluster", type: "circle", source: "events", filter: ["has", "point_count"], paint: { "circle-radius": ["+", 9, ["*", 2.4, ["log2", ["get", "events"]]]], "circle-color": dead, "circle-opacity": 0.8, "circle-stroke-width": 1, "circle-stroke-color": colour("--land") } },
      { id: "count", type: "symbol", source: "events", filter: [">", ["get", "events"], 1], layout: { "text-field": ["to-string", ["get", "events"]], "text-size": 13, "text-font": ["Source Sans"], "text-allow-overlap": true }, paint: { "text-color": colour("--paper") } },
      { id: "place", type: "symbol", source: "events", minzoom: 6, filter: single, layout: { "text-field": ["get", "place"], "text-size": 12, "text-font": ["Source Sans"], "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true }, paint: { "text-color": colour("--ink"), "text-halo-color": colour("--land"), "text-halo-width": 1.4 } },
    ],
  };
}

function card(properties) {
  const box = document.createElement("div");
  const title = document.createElement("a");
  title.href = properties.url ?? `/events/${properties.id}`;
  title.textContent = properties.sentence ?? String(properties.events);
  box.append(title);
  return box;
}

async function start() {
  const [world, points] = await Promise.all(["/static/world.json", holder.dataset.points].map(async (address) => (await fetch(address)).json()));
  maplibre.setWorkerUrl("/static/maplibre-gl-worker.mjs");
  if (tiles && globalThis.pmtiles) maplibre.addProtocol("pmtiles", new globalThis.pmtiles.Protocol().tile);
  const place = document.createElement("div");
  place.id = "map";
  const drawn = holder.firstElementChild;
  holder.prepend(place);
  const map = new maplibre.Map({
    container: place, style: style(world, points), attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: tiles ? Math.max(11, Math.min(tiles.highest + 2, 18)) : 11,
    ...(points.features.length ? { bounds: bounds(points), fitBoundsOptions: { padding: 60, maxZoom: 6 } } : { center: [10, 14], zoom: 3 }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl());
  holder.map = map;
  map.once("load", () => { drawn.remove(); holder.dataset.ready = "1"; });
  if (points.together) {
    map.on("zoomend", async () => {
      const address = new URL(holder.dataset.points, location.href);
      address.searchParams.set("zoom", map.getZoom().toFixed(1));
      map.getSource("events").setData(await (await fetch(address)).json());
    });
  }
  for (const layer of ["point", "cluster", "disc", "corridor", "corridor-line"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("click", async (event) => {
    const [cluster] = map.queryRenderedFeatures(event.point, { layers: ["cluster"] });
    if (cluster) {
      const zoom = await map.getSource("events").getClusterExpansionZoom(cluster.properties.cluster_id);
      map.easeTo({ center: cluster.geometry.coordinates, zoom: Math.min(zoom, 10) });
      return;
    }
    const hit = map.queryRenderedFeatures(event.point, { layers: ["point", "disc", "corridor", "corridor-line"] });
    if (!hit.length) return;
    const seen = new Map(hit.map((f) => [f.properties.id, f.properties]));
    const box = document.createElement("div");
    for (const properties of [...seen.values()].slice(0, 6)) box.append(card(properties));
    new maplibre.Popup({ maxWidth: "20rem" }).setLngLat(event.lngLat).setDOMContent(box).addTo(map);
  });
}

if (holder) start().catch((error) => console.warn("the map stays as it was drawn:", error));
