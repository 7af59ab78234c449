/**
 * How many of the matching features lie in the window, said in the legend whenever the map comes to rest.
 */

/**
 * Count the visible features of layers of which some part lies in the window.
 * @param {L.Map} map
 * @param {briMap.DataLayer[]} layers
 * @returns {{matching: number, inView: number}}
 */
function countInView(map, layers) {
  const scale = 256 * 2 ** map.getZoom();
  const { min, max } = map.getPixelBounds();
  const frame = { west: min.x / scale, north: min.y / scale, east: max.x / scale, south: max.y / scale };
  const copies = [];
  for (let copy = Math.floor(frame.west); copy <= Math.floor(frame.east); copy++) copies.push(copy);
  let [matching, inView] = [0, 0];
  for (const layer of layers) {
    if (!layer.data || !layer.bits) continue;
    matching += layer.countVisible();
    const seen = new Uint8Array(layer.data.size);
    for (const copy of copies) {
      const pane = { ...frame, west: frame.west - copy, east: frame.east - copy };
      markPoints(layer, pane, seen);
      markLines(layer, pane, seen);
    }
    inView += seen.reduce((sum, one) => sum + one, 0);
  }
  return { matching, inView };
}

function markPoints(layer, { west, north, east, south }, seen) {
  const { px, py, pointFeature } = layer.data;
  for (let i = 0; i < px.length; i++) {
    if (px[i] < west || px[i] > east || py[i] < north || py[i] > south) continue;
    if (layer.isVisible(pointFeature[i])) seen[pointFeature[i]] = 1;
  }
}

function markLines(layer, frame, seen) {
  const { partBox, partFeature, partStart } = layer.data;
  for (let part = 0; part < partFeature.length; part++) {
    const feature = partFeature[part];
    const at = 4 * part;
    if (seen[feature] || !layer.isVisible(feature)) continue;
    if (partBox[at] > frame.east || partBox[at + 2] < frame.west) continue;
    if (partBox[at + 1] > frame.south || partBox[at + 3] < frame.north) continue;
    for (let i = partStart[part]; i + 1 < partStart[part + 1]; i++) {
      if (crosses(layer.data, i, frame)) {
        seen[feature] = 1;
        break;
      }
    }
  }
}

/** Whether the segment from vertex i to the next has a part in a rectangle (Liang and Barsky). */
function crosses({ vx, vy }, i, { west, north, east, south }) {
  const dx = vx[i + 1] - vx[i];
  const dy = vy[i + 1] - vy[i];
  let [enter, leave] = [0, 1];
  for (const [step, room] of [
    [-dx, vx[i] - west],
    [dx, east - vx[i]],
    [-dy, vy[i] - north],
    [dy, south - vy[i]],
  ]) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) enter = Math.max(enter, room / step);
    else leave = Math.min(leave, room / step);
    if (enter > leave) return false;
  }
  return true;
}

export { countInView };
