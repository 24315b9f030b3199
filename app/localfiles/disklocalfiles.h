#pragma once

#include "ports/localfiles.h"

namespace tidemark {

// LocalFiles on the disk of this machine; each piece of work runs on the thread pool.
class DiskLocalFiles : public LocalFiles
{
public:
    struct Places {
        QString home;
        QString serviceFile; // PGSERVICEFILE, empty: not set
        QString systemFolder; // PGSYSCONFDIR
        QString examples; // folder with *.yaml
        QString data; // copies go to data/examples
    };
    explicit DiskLocalFiles(Places places);
    // From the environment and the XDG folders; examples beside the program or in its share folder.
    [[nodiscard]] static Places placesOfThisUser();

    [[nodiscard]] QString serviceFilePath() const override;
    [[nodiscard]] QCoro::Task<Result<QByteArray>> read(QString path, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<>> write(QString path, QByteArray bytes, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<QStringList>> examples(std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<QString>> readOnlyCopy(QString path, std::stop_token stop) override;

private:
    Places m_places;
};

} // namespace tidemark
