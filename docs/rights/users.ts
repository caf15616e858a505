import { of, type RightsByType } from "./rights";

/** The user pool. */
export const USERS: RightsByType = {
  "aws:cognito/userPool:UserPool": {
    policy: "users",
    read: of("cognito-idp", "DescribeUserPool GetUserPoolMfaConfig"),
    write: of(
      "cognito-idp",
      "CreateUserPool UpdateUserPool DeleteUserPool SetUserPoolMfaConfig TagResource UntagResource",
    ),
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    policy: "users",
    read: of("cognito-idp", "DescribeUserPoolClient"),
    write: of("cognito-idp", "CreateUserPoolClient UpdateUserPoolClient DeleteUserPoolClient"),
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    policy: "users",
    read: of("cognito-idp", "DescribeUserPoolDomain"),
    write: of("cognito-idp", "CreateUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain"),
  },
  "aws:cognito/resourceServer:ResourceServer": {
    policy: "users",
    read: of("cognito-idp", "DescribeResourceServer"),
    write: of("cognito-idp", "CreateResourceServer UpdateResourceServer DeleteResourceServer"),
  },
};
