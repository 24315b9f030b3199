#pragma once

#include "shell/page.h"

class QPushButton;

namespace tidemark {

class Banner;
class GlyphMark;
class PbsStep;
class ServersStep;
class TextLabel;

// A way in: connect servers. Partial success is enough to go on.
class ConnectPane : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectPane(PageContext context, QWidget *parent = nullptr);
    void begin();
    // Where the fleet file is written unless another place is chosen.
    [[nodiscard]] static QString defaultPath();

Q_SIGNALS:
    void saved(const QString &path, bool open);

private:
    struct Entry {
        GlyphMark *glyph;
        TextLabel *words;
    };
    [[nodiscard]] QWidget *footer();
    [[nodiscard]] Entry addEntry(class QHBoxLayout *row);
    static void say(const Entry &entry, int glyph, const QString &words);
    void follow();
    void choosePath();
    void save(bool open);
    void written(const QString &path, bool open, const Result<LoadedFleet> &fleet);

    PageContext m_context;
    QString m_path;
    ServersStep *m_servers;
    PbsStep *m_pbs;
    Banner *m_banner;
    Entry m_ready;
    Entry m_needs;
    Entry m_failed;
    Entry m_pbsEntry;
    QPushButton *m_later;
    QPushButton *m_open;
    TaskScope m_tasks;
};

} // namespace tidemark
