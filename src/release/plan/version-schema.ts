import * as z from 'zod'

/**
 * A version of a function in the journal. What is none is not read: in the record of a later release it would make the
 * alias's Description unreadable, and nobody would then watch that release.
 */
export const versionSchema = z.lazy(() => z.string().regex(/^(?:\d{1,12}|\$LATEST)$/))
