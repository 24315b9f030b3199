#pragma once

#include "ports/fleetfile.h"

#include <QObject>

#include <optional>

namespace tidemark {

// Which fleet the window shows and the file it came from. Pages read it and follow changed(); whoever loads
// or edits the file tells it here, and the shell has the monitor follow.
class OpenFleet : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] bool isOpen() const { return m_loaded.has_value(); }
    [[nodiscard]] const QString &path() const { return m_path; }
    // Only while isOpen().
    [[nodiscard]] const LoadedFleet &loaded() const { return *m_loaded; }
    // Empty while none is open.
    [[nodiscard]] const Fleet &fleet() const;
    [[nodiscard]] const Cluster *cluster(const QString &name) const;

    void open(const QString &path, LoadedFleet loaded);
    void close();

Q_SIGNALS:
    void changed();

private:
    QString m_path;
    std::optional<LoadedFleet> m_loaded;
};

} // namespace tidemark
