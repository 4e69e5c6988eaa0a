import { type GeoProjection, geoAlbersUsa, geoEqualEarth } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

export interface Outlines {
  readonly land: GeoJSON.GeoJSON
  readonly borders: GeoJSON.GeoJSON
  readonly projection: GeoProjection
}

/** Outlines come with the page: a file of its own, loaded when the map is first opened. */
export async function outlines(places: string): Promise<Outlines> {
  if (places === 'us') {
    const { default: atlas } = await import('us-atlas/states-10m.json')
    const topology = atlas as unknown as Topology<{ nation: GeometryCollection; states: GeometryCollection }>
    return {
      land: feature(topology, topology.objects.nation),
      borders: mesh(topology, topology.objects.states, (a, b) => a !== b),
      projection: geoAlbersUsa(),
    }
  }
  const { default: atlas } = await import('world-atlas/countries-110m.json')
  const topology = atlas as unknown as Topology<{ land: GeometryCollection; countries: GeometryCollection }>
  return {
    land: feature(topology, topology.objects.land),
    borders: mesh(topology, topology.objects.countries, (a, b) => a !== b),
    projection: geoEqualEarth(),
  }
}
