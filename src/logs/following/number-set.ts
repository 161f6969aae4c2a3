/** A set of numbers other than 0 that takes some 16 bytes for each, outside of the garbage collector's reach. */
export interface NumberSet {
  /** Adds a number; tells whether it is new. */
  add(number: number): boolean
  readonly size: number
}

/** The table is doubled when so much of it is in use: a search in it stays short. */
const fullest = 0.7

/** Searches from a number's own place on, up to the first free one. */
export function numberSet(): NumberSet {
  let table = new Float64Array(8)
  let size = 0
  const placeOf = (number: number) => {
    const mask = table.length - 1
    let place = number & mask
    while (table[place] !== 0 && table[place] !== number) place = (place + 1) & mask
    return place
  }
  const double = () => {
    const numbers = table
    table = new Float64Array(2 * numbers.length)
    for (const number of numbers) if (number !== 0) table[placeOf(number)] = number
  }
  return {
    add(number) {
      const place = placeOf(number)
      if (table[place] === number) return false
      table[place] = number
      size += 1
      if (size > fullest * table.length) double()
      return true
    },
    get size() {
      return size
    },
  }
}
