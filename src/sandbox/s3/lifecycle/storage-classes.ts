/** Objects go only downwards; one of STANDARD may go anywhere. */
const waterfall = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
]

/** How far down a storage class is; 0 for STANDARD, -1 for one that no transition leads to. */
export function rankOf(storageClass = 'STANDARD'): number {
  return storageClass === 'REDUCED_REDUNDANCY' ? 0 : waterfall.indexOf(storageClass)
}

/** The classes whose objects go below 128 KiB too, by `varies_by_storage_class`. */
export const withoutMinimum: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE'])
