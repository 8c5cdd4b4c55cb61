import Type from 'typebox';
import { bodyShape, viewShape } from '../http/shapes.ts';

export const signInBody = bodyShape('SignIn', 'Credentials.', {
  login: Type.String({ minLength: 1, maxLength: 254, description: 'Email or username.' }),
  password: Type.String({ minLength: 1, maxLength: 1024 }),
  code: Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        'Code from the authenticator app, or a recovery code. Required after the problem /problems/code_needed.',
    }),
  ),
  workspace: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'Name or id of the workspace that the login belongs to, in case the same login exists in several.',
    }),
  ),
  workspace_id: Type.Optional(
    Type.String({ maxLength: 36, description: 'Workspace to sign in to, if the person belongs to several.' }),
  ),
});

export const workspaceChoice = bodyShape('WorkspaceChoice', 'The workspace to switch to.', {
  workspace_id: Type.String({ maxLength: 36 }),
});

const password = Type.String({ maxLength: 1024 });

export const passwordChange = bodyShape('PasswordChange', 'A new password. All other sessions of the person end.', {
  old_password: password,
  new_password: password,
});
export const passwordProof = bodyShape('PasswordProof', 'The current password, as confirmation.', { password });
export const totpCode = bodyShape('TotpCode', 'A code from the authenticator app.', {
  code: Type.String({ minLength: 1, maxLength: 40 }),
});
export const totpSecret = viewShape(
  'TotpSecret',
  'Secret for setting up an authenticator app. It takes effect once a code has been confirmed.',
  {
    secret: Type.String({ description: 'Secret to type in by hand.' }),
    uri: Type.String({ description: 'otpauth://..., for a QR code.' }),
  },
);
export const recoveryCodes = viewShape(
  'RecoveryCodes',
  'Each code can be used once in place of an authenticator code. They are shown only once.',
  { recovery_codes: Type.Array(Type.String()) },
);
