/** The texts of --help. Secrets are better in the environment or in .env: a command line is seen by other programs. */
const common = `  --publishable-key PK     Clerk's publishable key (CLERK_PUBLISHABLE_KEY)
  --clerk-secret-key SK    Clerk's secret key (CLERK_SECRET_KEY; better there than here)
  --fauna-endpoint URL     FaunaDB's address (FAUNA_ENDPOINT)
  --fauna-key KEY          admin or root key of Fauna (FAUNA_KEY; better there than here)
  --database NAME          the child database (burrow)
  --template NAME          the JWT template (fauna)
  --connection FILE        the connection file (connection.json)
  --key-file FILE          keys of Burrow's own database, mode 0600 (.env.burrow)
  --clerk-api URL          another Backend API than https://api.clerk.com
  --frontend-api URL       another Frontend API than the publishable key names
  --sign-in-as E-MAIL      prove it as this user, by a one-time ticket, where Clerk opens no test session
  --json                   the result as JSON on stdout`;

export const setUpUsage = `npm run setup -- [options]

Sets Clerk and Fauna up for Burrow, and proves it. Looks first, shows a plan, asks; can be run again at any time.
Settings come from flags, the environment, .env (see .env.example), and then from questions.

${common}
  --lifetime SECONDS       lifetime of the tokens (600 for a new template)
  --claim NAME={{CODE}}    one more claim of the token; may be given more than once
  --role NAME              a role for every token, or 'NAME when CLAIM=VALUE'; may be given more than once (notes_owner)
  --jwks URL               where the keys are published, if the template has a signing key of its own
  --dry-run                show the plan and change nothing
  --yes                    answer every question with yes
  --undo                   remove what set-up made (asks first); notes stay
  --delete-data            with --undo: notes and database too

Exit codes: 0 done or nothing to do, 1 failed, 2 not understood, 3 needs a yes.`;

export const doctorUsage = `npm run doctor -- [options]

Runs every check from the publishable key to a note written and read back, and says what is wrong and how to mend it.
Without Clerk's secret key or a Fauna key the checks that need one are left out and said to be.

${common}
  --fauna-doctor-key KEY   the key that set-up made for this (FAUNA_DOCTOR_KEY)

Exit codes: 0 every check passed, 1 a check failed, 2 not understood.`;
