/** The tag that names the trigger of the file for which lambdactl made a resource. */
export const triggerTag = 'lambdactl:trigger'
