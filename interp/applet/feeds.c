/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * feeds list -n: the names in feeds.conf (or feeds.conf.default), as OpenWrt's scripts/feeds prints
 * them. The evaluation of every image Makefile asks for them. Stands for scripts whose text it
 * knows; anything but plain lines is the script's own to read or to complain about.
 */
#include <string.h>
#include <unistd.h>

#include "applet/internal.h"
#include "base/map.h"
#include "base/path.h"

static const char help[] =
    "scripts/feeds list -n: the names of the feeds in feeds.conf or feeds.conf.default\n";

static bool is_word(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* "src-TYPE NAME URL"; false: not that plain. */
static bool plain_line(struct str line, struct str *name)
{
	struct str type;

	if (!str_starts(line, S("src-")) || str_chr(line, '\r') >= 0)
		return false;
	if (!str_word(&line, &type) || !str_word(&line, name) || !str_trim(line).n)
		return false;
	for (size_t i = 4; i < type.n; i++)
		if (!is_word(type.p[i]) && type.p[i] != '-')
			return false;
	for (size_t i = 0; i < name->n; i++)
		if (!is_word(name->p[i]))
			return false;
	return type.n > 4 && !str_is(type, "src-include");
}

/* The names in TEXT, a line each, into OUT; false: not all lines are plain. */
static bool put_names(struct arena *mem, struct str text, struct buf *out)
{
	struct map *seen = map_new(mem);
	struct str line, name;

	while (str_split(&text, '\n', &line)) {
		ptrdiff_t hash = str_chr(line, '#');
		void **slot;

		if (hash >= 0 && (size_t)hash + 1 < line.n)
			line = str_sub(line, 0, (size_t)hash);
		if (!str_trim(line).n)
			continue;
		if (!plain_line(line, &name))
			return false;
		slot = map_at(seen, name);
		if (*slot)
			return false;
		*slot = out;
		buf_str(out, name);
		buf_char(out, '\n');
	}
	return true;
}

/* The script looks for GNU make before anything else. */
static bool has_make(struct applet_cx *cx)
{
	struct str path = env_get(cx->env, S("PATH")), folder;

	while (str_split(&path, ':', &folder))
		if (folder.n &&
		    access(str_cz(cx->mem, path_join(cx->mem, folder, S("make"))), X_OK) == 0)
			return true;
	return false;
}

static int run(struct applet_cx *cx)
{
	struct str script = applet_path(cx, cx->argv[0]), top = path_dir(path_dir(script));
	struct str wanted = env_get(cx->env, S("TOPDIR"));
	struct buf out = buf_new(cx->mem);
	struct files_stat st;
	struct blob *b;
	bool good;

	if (cx->argc != 3 || !str_is(cx->argv[1], "list") || !str_is(cx->argv[2], "-n"))
		return applet_decline(cx);
	if ((wanted.p && !str_eq(wanted, top)) || !has_make(cx) ||
	    files_stat(cx->files, path_join(cx->mem, top, S("scripts/metadata.pm")), &st) != 0)
		return applet_decline(cx);
	if (files_read(cx->files, path_join(cx->mem, top, S("feeds.conf")), &b) != 0 &&
	    files_read(cx->files, path_join(cx->mem, top, S("feeds.conf.default")), &b) != 0)
		return applet_decline(cx);
	good = put_names(cx->mem, blob_flat(cx->mem, b), &out);
	blob_unref(b);
	if (!good)
		return applet_decline(cx);
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

/*
 * OpenWrt since 2015, and the forks that carry texts of their own: those of the scripts in the
 * histories of OpenWrt and some thirty forks that print the same for a feeds.conf with comments,
 * tabs, blanks and each type of feed.
 */
static const char *const scripts[] = {
	"0ebf8bca42423baafc0908c8894140ebde2e4bc56a8be2703cac3415f8df941a",
	"145c9a5cc9303300823df3c2cd53d589b78cda8fd469d02b2f42b422cd59ebc8",
	"1750fd378e6a35f75de5b9aae6b018f4e3fffe01cb4aa041271408dda12749c4",
	"17ff28b63198f43a83544851e77a90fd46d45a1f25dd3963b4f48808221d18da",
	"18e1424bc3053abe1bbeb3446d1043405f2063c2f098e73a08c767ebe3c8dd51",
	"1cb39114fb735255a05982a7c4759a309caa5cc181d92f45a5cb2d45ac3cc44f",
	"1f1b988d9f93e87acdb7527e0ac08dde47b9039f3c3f0058e38d8b58b66ddbaf",
	"1f7a748da201b15b7382c7b296f21bbacfa6c8ed990511573c10a3b8ead3b99c",
	"231791f2e5f9c72e9de4c86003ac19388d20d8d129a845951fb15f44dc4cc8a5",
	"2a329a26860309823deccfd8e940c0c71bd35febad8682148e9d231531019e0a",
	"2e0ffac2b2d2dfb8408ee613c754401edd2279cf3a4f21367a4083fb4eb968f1",
	"2f15cf7de0f7ddb0672aadf2f5e61378f9793e7cf6b196a1a6c5513fbe1e39ea",
	"305facf9031911ae19522404059d6064bf64ebc66ba9ea7c7cfc03de595dc9aa",
	"3155e926a0dd671fa113f3090227510518d27d3b0f00d8ff45ae97a4ace83bc2",
	"39e0cf918c956e11a9b1c4e0b2e19cfbb1400866439964ca489fc1e0cb7d4395",
	"3af0ef3206b483d9b37bb5b9a8a91b533e34cfd37bb600216259dbbe31dae5aa",
	"3e0d17b06efda844379bf4533a022c78a47d423bc11d389da32f50cb48f08573",
	"442811fe7a7cfaf1e75d1ac8ce41a4e02d4d1b3f430722fa2df56ba9ee9490e0",
	"44757b700eb36be55bb9b3f74c6d161de964cbf7d94759fee4e8dba03657f715",
	"454df29749d93b5024d40a354ad809f51bb0951bbc900137ce1dc81797dea50c",
	"4bcea70a0b2435b6f8dd2dbeba3cacda17986bca70740285c0ea064b542af163",
	"4ec9f7456b0d350ee10613690330bedb5383b603cda4d7f5d62dacf906340a1e",
	"52a45735f32a243d8ca725357f27f89cfc7759c26ef7ea2d7843041440f06acb",
	"530570114654fc717ca77b179bcfc40673281b5e1ac7b79f6129793488b3f5c7",
	"546f5fce709676b856ddb4951859ef2637cc6909ad067a1276c4137746913eae",
	"58dc9de854f5627741916ea80ca6d0c8316ad7595c92384f839b09f621b0cfab",
	"594cfbca91f1e79bbeccd3016b7801204a304bbd0abc731cff525822dffe1468",
	"5b2c235e3fac165bebde499af3a26468ddda1387e77b5892ae4d63fa9e4a0ebb",
	"5ba457ec63ab74f9b0755977989f494d7dec01bff9fa4185d413862cfd692f08",
	"5c8e3405b9dda00bd4f1c09d72a346e1444490803146a376451cc50e782d63f5",
	"5e2422318e71475548bd906c164ddda41a260031373efd06bf9d873fc76db4fb",
	"605f197b9cdf957d7a8ff861d5beed78e6c11c9c7cb622de389b42ba07a7b76c",
	"61297dad714f88d0065658d6bab0c2d97c1e7aad4d11f28a0bd1e0cecddca687",
	"665f7cab98cf9c57c08d3f6a25b031bd369f0ee24b930aebad22dcfd2277c0eb",
	"6b76b2838d8f05befac2490cff67e68cddc6074f859408f42b9729e101274244",
	"6d73c77c23bca85e781f5fe3ff668c48392c4e63926277a988d57c4e4f80c22d",
	"7275a1ac7aff83bbbbccd0607f850f78b84b7e44254d473e718d0968e25d531b",
	"764db35b1872fea66b0bf6468963191f7a198971b5a219e65a417f1266ca1117",
	"78e224953c924903739688da6b9033b20f423045df3b202c3dbd778923cc8e29",
	"798aff054268001b407aaffb4cf1856c1e847c03ab79fc7197cabc70ea1e0c61",
	"7c17c73f007d074dd5a551aad0456b0692a5602396be2f66dbb10fb4f6599c29",
	"7fd367aeee777f4b9b177f84fe02815157ce906d30c07857d5c4ed6a500faf1b",
	"84ea8f4fcfc086d918e9e4c128a1d39d0e823283b52c5952adde83b803da7afd",
	"857b6d0e8343dcc5bf071cf2a5ea8c1572702e3d382efe83bd38ca971eebe4c8",
	"8aaf27de53e9231f685940b0891b9cf9e42351ff31df0f39c6d2e8f11ce1c363",
	"8c1ef6110a23bd8cb061ef946c3d86cb8fba23c365a3118fc5bd4381b9937146",
	"93df1fc3cedd91ee1d4c5d1c59a6f4028e3bf92b3f715bd5cc27a9ff924430b9",
	"96bfa6bdb6c3fa2b9eda5341e86369cadada4c732a7cb7fcf0e6302ccd027bcb",
	"975cb8d187e8ed055509b448afaa9f834640a558ff36f1da0cc85a076f5b612a",
	"9c261ccdbfd9962f8bbb50b246241619cd240d29cea6b845931b401ca37c67bb",
	"9cd8d3e819ab1d26a69c6cd54e4d94ef356841d1fc12e1580cbc9af750a19684",
	"9d30fff912a7c8e68a3ed5e96fc93bcc27f2876a09334b151a3b11df78454f50",
	"9e344743395995d4f31d1c6558219b090620e07bb0dd7edaa77090ac29ec2f11",
	"9e5d4a4f1abc4d1b1f69721130ff7a425492efcb9465b49df28a29507a32ff0a",
	"ad1d07b2450111f096108c2c58db3e1e9e069c3876077a9053a8c396bb9e264d",
	"ad58b3832cbb91ef312dbeb547457fdf4545619484f61fed492c804bed2f4e24",
	"ae97d5231610be56c4ded32fda8132e34185772387d5cd35e5bc3356a82ca8eb",
	"af52e0042612e114f1ef71f465b273642bb8a2d483fb33632b336af472bad3a3",
	"b0a950fe3ebdc003cfd8ca9c33325d06653d43d3e9af7ba23c58e5e67d486661",
	"b26820050feb1ba64a6728cde622f768c76c6696fc3fa691aeb6b502e5542446",
	"b292767189b9122c2e9b11f8fd8a887654c102b9d5f01491894d7c6b5f84bc77",
	"b52e720c7ebafabfe69b76c59e8ba1494dff46827f92587269311af7aee36b13",
	"b6e9cc7d88833a7e59b6618c48bff411ac2b123e94311dae6bd30615a364f28b",
	"bb2900b96817afe9354c3ba32423b7ef46b236cfcd80dfd5c3b38b49684687fd",
	"bbefb0e8f235badf7b000a394d3a4f114ce4a3db3a3e7c5015e1d4b45bcb7d4e",
	"bd61f819305983b0a03bf8e73c9bcc5c56db976e4c636c7deab387bfe95da41f",
	"beb663cd4d40c835686e893a14d67a1d7162c6fcd6af603c0f21d325b8a01503",
	"c75a387316db2f5380b94c22738cc50d8f823b950c4427844b5f29ea8284fc5f",
	"cb751c4af7254debe8b4cad69a92ba0df83b09237971472fd194cb2653240fec",
	"db2f1dc0d8cd28b806dea6c61a30e6cc3f486be39b1d1e6d5e35dfbbd5b568d2",
	"dda6040a87a01e7114f7d7ea1136acf6021828fcad7f10f7f030a0e1587a48d2",
	"e126d302fce3204398f41a9e4ddd7336df5663e82d5a3457093144c6f4fee85b",
	"e508ff1bafdf782b97a6604f9db6bd519c869bf094f857dcae87a43d7bdac542",
	"e995344b157429d0c5aa2ac579163980a39c30a7229bd3aff7a9c9a40cb8c863",
	"ea5f68d64129d2c2d1ed7f9f00cf985872c6836193a5e6d55dae7ac81525cc86",
	"ec42b0ec90ad8089b71528effe64deacc24d474e8bc6aa4cf1c7877771f79889",
	"ee5fe6e770526132d32fc4506a91f8d44e24dafa0e8e7a5cae4f0eb6ba336a22",
	"f44510dacd70fed54a860863bbdf8be632e984a4ba1ce98aba0b0d276b08a4c6",
	"f49d41098d5b59b4b39718be75ab74dd849a9ad27a2f5ae8a054935eedd14ce8",
	"f76f85736045bfd1c93db3032c3f570a1652795a1c196caf94eb8e4b387f5364",
	"f8d804f9c5c094b780289b4417cdeba8a65979556da8e3a7de9d839cb55f7b99",
	"fa4984c240df7fdb929a316e8fc793ca0ca5e46a84b95292642e9b535a0898eb",
	"fb32b30e478bc3662f8b25caf0439d73091c522927b8d82107d47420e3a0de67",
	"fdbe1c50f56059256526741e34ab9df07314af7a8081c0c1766243b22168ca8d",
};

static bool stands_for(struct str sha256)
{
	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++)
		if (str_is(sha256, scripts[i]))
			return true;
	return false;
}

const struct applet applet_feeds = {
	.name = "feeds",
	.help = help,
	.run = run,
	.stands_for = stands_for,
};
