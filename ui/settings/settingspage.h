#pragma once

#include "settings/pendingchanges.h"
#include "shell/page.h"

class QPushButton;
class QStackedWidget;

namespace tidemark {

class Banner;
class ItemSection;
class NameList;
class TextLabel;

// Servers, sources and objectives, written to the fleet file with its other lines and comments left alone;
// and what one person sets for this workstation.
class SettingsPage : public Page
{
    Q_OBJECT

public:
    explicit SettingsPage(PageContext context, QWidget *parent = nullptr);

    void setScope(const QString &cluster) override;
    void showItem(const QStringList &item) override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override;
    [[nodiscard]] QString badge() const override;

private:
    void addSection(const QString &name, QWidget *section);
    [[nodiscard]] QWidget *makeFooter();
    [[nodiscard]] PaletteEntry entryOf(const QStringList &item);
    void reload();
    void tellPending();
    void save();
    void applyNow(ItemSection *section, const std::vector<FleetEdit> &edits, const QString &choose);
    bool takeOver(const Result<LoadedFleet> &loaded);
    void reloadFile();

    PendingChanges m_pending;
    NameList *m_names;
    QStackedWidget *m_sections;
    Banner *m_banner;
    TextLabel *m_words;
    QPushButton *m_discard;
    QPushButton *m_save;
    std::vector<ItemSection *> m_items;
    TaskScope m_tasks;
};

} // namespace tidemark
