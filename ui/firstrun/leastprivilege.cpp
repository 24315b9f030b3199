#include "firstrun/leastprivilege.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString leastPrivilegeText()
{
    return uR"(-- PostgreSQL, once on each server, as a superuser
CREATE ROLE tidemark LOGIN;
\password tidemark
GRANT pg_monitor TO tidemark;
-- for each database whose size and tables are to be seen
GRANT CONNECT ON DATABASE postgres TO tidemark;
-- only to take base backups or receive WAL from here
-- ALTER ROLE tidemark REPLICATION;

# Proxmox Backup Server, once, as root@pam
proxmox-backup-manager user create tidemark@pbs
proxmox-backup-manager user generate-token tidemark@pbs console
proxmox-backup-manager acl update /datastore DatastoreAudit --auth-id tidemark@pbs
proxmox-backup-manager acl update /datastore DatastoreAudit --auth-id 'tidemark@pbs!console'
# for the server's own tasks and certificate
proxmox-backup-manager acl update /system Audit --auth-id tidemark@pbs
proxmox-backup-manager acl update /system Audit --auth-id 'tidemark@pbs!console'
)"_s;
}

} // namespace tidemark
