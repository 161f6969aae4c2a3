/** Log groups and their retention. */
export interface LogGroups {
  /** Days, null for ever; undefined if there is no such group. */
  retention(group: string): Promise<number | null | undefined>
  /** Makes the group if it is missing. */
  create(group: string): Promise<void>
  /** Deletes a group with its lines; one that is gone already is no error. */
  delete(group: string): Promise<void>
  /** @param days null: for ever */
  keep(group: string, days: number | null): Promise<void>
}
