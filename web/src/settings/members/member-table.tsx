import type { Member } from '../../app/members.ts';
import { Initials } from '../../ui/initials.tsx';
import { Pill } from '../../ui/pill.tsx';
import { type Choice, visibilityWords } from './get-members.ts';
import classes from './members.module.css';

interface Props {
  members: readonly Member[];
  departments: readonly Choice[];
  openId: string | undefined;
  onOpen: (id: string) => void;
}

/** The members as a table. */
export function MemberTable({ members, departments, openId, onOpen }: Props) {
  const names = new Map(departments.map(({ value, label }) => [value, label]));
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col" className={classes.wide}>
            Can see
          </th>
          <th scope="col" className={classes.wide}>
            Departments
          </th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.id} data-open={member.id === openId || undefined} data-gone={!member.active || undefined}>
            <td>
              <button type="button" className={classes.who} onClick={() => onOpen(member.id)}>
                <Initials name={member.name} size={26} />
                <span>
                  <strong>{member.name}</strong>
                  <span className="clip small-print">{member.email}</span>
                </span>
              </button>
            </td>
            <td>{member.role}</td>
            <td className={classes.wide}>{visibilityWords[member.visibility]}</td>
            <td className={classes.wide}>
              {member.department_ids.map((id) => names.get(id)).join(', ') || <span className="muted">None</span>}
            </td>
            <td>
              <State member={member} /> {member.bounced && <Pill tone="bad">Email refused</Pill>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ member: { active, joined } }: { member: Member }) {
  if (!active) return <Pill tone="lost">Inactive</Pill>;
  return joined ? <Pill tone="won">Active</Pill> : <Pill tone="proposal">Invited</Pill>;
}
