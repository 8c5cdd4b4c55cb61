import { Menu } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { useMay, viewAs } from '../session.ts';
import classes from './view-as.module.css';

/** Menu items with which an owner can use the app as a sample member; loaded when the menu opens. */
export function ViewAsItems() {
  const mayView = useMay('change owners');
  const { data = [] } = useQuery({
    queryKey: ['people', 'samples'],
    queryFn: async () => (await body(api.GET('/v1/demo/members'))).data,
    enabled: mayView,
  });
  if (data.length === 0) return null;
  return (
    <>
      <Menu.Label>View as a sample member</Menu.Label>
      <div className={classes.members}>
        {data.map(({ id, name, role }) => (
          <Menu.Item key={id} leftSection={<IconEye size={15} />} onClick={() => void viewAs(id)}>
            {name} <span className="muted">{role}</span>
          </Menu.Item>
        ))}
      </div>
      <Menu.Divider />
    </>
  );
}
