/** A record without one of its entries. */
export function omit<Item>(
  items: Readonly<Record<string, Item>>,
  name: string,
): Readonly<Record<string, Item>> {
  return Object.fromEntries(Object.entries(items).filter(([key]) => key !== name))
}
