/** Where this package lies on a user's machine, and how files of the user's find it. */
export { ownPackage, whyNotLoaded } from './own-package.ts'
export { builtFile, packageRoot, packageVersion } from './package-files.ts'
