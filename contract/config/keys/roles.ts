/** What every IAM role of a stack has. */
export interface RolesConfig<Text = string> {
  /**
   * ARN of the IAM policy that is the permissions boundary of every role.
   * @default "" - none
   */
  permissionsBoundaryArn?: Text;
  /**
   * Path of every role, which is part of its ARN.
   * @default "/"
   */
  rolePath?: string;
}
