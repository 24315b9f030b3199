#include "ports/backupsource.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QCoro::Task<Result<WalPlace>> BackupSource::walPlace(WalArchive archive, std::stop_token)
{
    co_return failure(ErrorKind::NotFound, u"wal.no-place"_s,
        u"%1: WAL that lies there cannot be read from here"_s.arg(archive.source));
}

} // namespace tidemark
