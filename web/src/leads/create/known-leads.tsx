import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, body } from '../../api/client.ts';
import { nameOf } from '../lead-name.ts';
import classes from './new-lead.module.css';

interface Props {
  phone: string;
  email: string;
  onOpen: () => void;
}

const ENOUGH_DIGITS = 6;

/** Existing leads with the phone or email being typed. */
export function KnownLeads({ phone, email, onOpen }: Props) {
  const [asked] = useDebouncedValue(`${phone.trim()}\n${email.trim()}`, 250);
  const [number = '', address = ''] = asked.split('\n');
  const found = useQuery({
    queryKey: ['leads', 'known', number, address],
    queryFn: async () => {
      const ask = async (query: { phone: string } | { email: string }) =>
        (await body(api.GET('/v1/leads', { params: { query: { ...query, limit: 3 } } }))).data;
      const lists = await Promise.all([
        number.replace(/\D/g, '').length >= ENOUGH_DIGITS ? ask({ phone: number }) : [],
        /.@.+[.]./.test(address) ? ask({ email: address }) : [],
      ]);
      return [...new Map(lists.flat().map((lead) => [lead.id, lead])).values()];
    },
    enabled: asked !== '\n',
  });
  const known = asked === '\n' ? [] : (found.data ?? []);
  return (
    <div role="status" className={classes.known} data-shown={known.length > 0 || undefined}>
      {known.length > 0 && (
        <>
          <strong>Already exists:</strong>
          <ul>
            {known.map((lead) => (
              <li key={lead.id}>
                <Link to="/leads" search={{ lead: lead.id } as never} onClick={onOpen}>
                  {nameOf(lead)}
                </Link>
                {` · ${[lead.company_name, lead.status, lead.owner].filter(Boolean).join(' · ')}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
