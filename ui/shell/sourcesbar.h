#pragma once

#include "shell/sourcewords.h"

#include <QWidget>

class QTimer;

namespace tidemark {

// The 24 px at the bottom: one entry for each source, who is signed in at the right; a message takes the
// right end for a while.
class SourcesBar : public QWidget
{
    Q_OBJECT

public:
    explicit SourcesBar(QWidget *parent = nullptr);
    void tell(std::vector<SourceEntry> entries, const QString &signedIn);
    void say(const QString &message);
    [[nodiscard]] QString plainText() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    std::vector<SourceEntry> m_entries;
    QString m_signedIn;
    QString m_message;
    QTimer *m_messageEnds;
};

} // namespace tidemark
