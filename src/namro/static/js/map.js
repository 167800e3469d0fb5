// The drawn map becomes a live one (zoom, move, words under the finger) only when someone asks: MapLibre is 1.6 MB.
// Boundaries come from our own server; there is no background map and no request outside.
"use strict";

(() => {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const stylesheet = (href) =>
    new Promise((done, failed) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed });
      document.head.append(link);
    });

  const fetched = async (url) => {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(url);
    return answer.json();
  };

  const withSteps = (shapes, units) => {
    for (const shape of shapes.features) shape.properties.step = (units[shape.properties.code] || [0])[0];
    return shapes;
  };

  const middleOf = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

  const extent = (shape) => {
    const points = shape.geometry.coordinates.flat(2);
    const lons = points.map((point) => point[0]);
    const lats = points.map((point) => point[1]);
    return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  };

  // The first view holds the land; an archipelago far out is found by moving, as the drawing keeps it in an inset.
  const box = (shapes) => {
    const extents = shapes.features.map(extent);
    const middles = extents.map(([west, south, east, north]) => [(west + east) / 2, (south + north) / 2]);
    const x = middleOf(middles.map((middle) => middle[0]));
    const y = middleOf(middles.map((middle) => middle[1]));
    const away = middles.map((middle) => Math.hypot(middle[0] - x, middle[1] - y));
    const usual = middleOf([...away]);
    const near = extents.filter((_, place) => away[place] <= 5 * usual);
    const edge = (side, pick) => pick(...near.map((each) => each[side]));
    return [[edge(0, Math.min), edge(1, Math.min)], [edge(2, Math.max), edge(3, Math.max)]];
  };

  // "No data" is hatched, as on the drawing: eight by eight dots, one diagonal.
  const hatch = () => {
    const size = 8;
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const pen = canvas.getContext("2d");
    pen.fillStyle = token("surface");
    pen.fillRect(0, 0, size, size);
    pen.strokeStyle = token("none");
    pen.lineWidth = 1.5;
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
    return pen.getImageData(0, 0, size, size);
  };

  const ramp = () => ["match", ["get", "step"], ...[1, 2, 3, 4, 5, 6].flatMap((step) => [step, token(`ramp-${step}`)]), token("none")];

  const style = (shapes) => ({
    version: 8,
    sources: { units: { type: "geojson", data: shapes } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token("surface") } },
      { id: "units", type: "fill", source: "units", filter: [">", ["get", "step"], 0], paint: { "fill-color": ramp() } },
      { id: "unknown", type: "fill", source: "units", filter: ["==", ["get", "step"], 0], paint: { "fill-pattern": "hatch" } },
      { id: "borders", type: "line", source: "units", paint: { "line-color": token("map-border"), "line-width": 1 } },
      {
        id: "pointed", type: "line", source: "units",
        paint: { "line-color": token("ink"), "line-width": ["case", ["boolean", ["feature-state", "pointed"], false], 2.5, 0] },
      },
    ],
  });

  const words = (unit, none) => {
    const [, name, value] = unit;
    const line = document.createElement("div");
    const head = document.createElement("b");
    head.textContent = name;
    line.append(head, document.createElement("br"), value || none);
    return line;
  };

  const pointing = (library, map, units, none) => {
    const popup = new library.Popup({ closeButton: false, closeOnClick: false });
    let pointed = null;
    const leave = () => {
      if (pointed !== null) map.setFeatureState({ source: "units", id: pointed }, { pointed: false });
      pointed = null;
      popup.remove();
      map.getCanvas().style.cursor = "";
    };
    const over = (event) => {
      const shape = event.features[0];
      const unit = units[shape.properties.code];
      if (!unit) return leave();
      if (pointed !== shape.id) leave();
      pointed = shape.id;
      map.setFeatureState({ source: "units", id: pointed }, { pointed: true });
      map.getCanvas().style.cursor = unit[3] ? "pointer" : "";
      popup.setLngLat(event.lngLat).setDOMContent(words(unit, none)).addTo(map);
    };
    const open = (event) => {
      const unit = units[event.features[0].properties.code];
      if (unit && unit[3]) location.href = unit[3];
    };
    for (const layer of ["units", "unknown"]) {
      map.on("mousemove", layer, over);
      map.on("mouseleave", layer, leave);
      map.on("click", layer, open);
    }
  };

  const build = (library, place, shapes) => {
    const map = new library.Map({
      container: place, style: style(shapes), bounds: box(shapes), fitBoundsOptions: { padding: 16 }, attributionControl: false,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
    map.setMissingStyleImageResolver((id) => void (id === "hatch" && map.addImage(id, hatch())));
    const recolour = () => {
      if (map.hasImage("hatch")) map.removeImage("hatch");
      map.setStyle(style(shapes));
    };
    document.addEventListener("namro:theme", recolour);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
    return map;
  };

  const show = async (figure, button) => {
    button.disabled = true;
    const { boundaries, units } = JSON.parse(document.getElementById(`map-${figure.dataset.map}`).textContent);
    const [library, shapes] = await Promise.all([import(button.dataset.maplibre), fetched(boundaries), stylesheet(button.dataset.css)]);
    library.setWorkerUrl(new URL(button.dataset.worker, location.href).href);
    withSteps(shapes, units);
    const place = figure.querySelector(".map-live");
    const drawing = figure.querySelector(".map-drawing");
    place.hidden = false;
    try {
      const map = build(library, place, shapes);
      map.on("load", () => pointing(library, map, units, button.dataset.none));
      drawing.hidden = true;
    } catch {
      place.hidden = true; // no WebGL on this machine: the drawing says the same
    }
    button.hidden = true;
  };

  const offer = (figure) => {
    const button = figure.querySelector("[data-map-live]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => show(figure, button).catch(() => (button.disabled = false)));
  };

  document.querySelectorAll("figure[data-map]").forEach(offer);
})();
