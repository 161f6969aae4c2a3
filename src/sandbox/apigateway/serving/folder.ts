/** The path before the id of an API, on the sandbox itself. */
export const apiFolder = '/execute-api/'
