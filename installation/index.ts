/** Where this package lies on a user's machine, how files of the user's find it, and what is made there. */
export { ownPackage, whyNotLoaded } from './own-package.ts'
export { builtFile, packageRoot, packageVersion } from './package-files.ts'
export {
  checkFile,
  checkFolder,
  folderError,
  isDiskFull,
  isGone,
  makeFolder,
  makeFolderIn,
  whyRefused,
  writeWhole,
} from './user-files.ts'
