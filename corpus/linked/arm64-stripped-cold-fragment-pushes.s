// arch: arm64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: OH202 f+0x14
// expect: OH205 f+0x14
// expect: OH205 f+0xc
// expect: OH301 sub_10018+0x8
// why: the cold part leaves sixteen bytes on the stack, so that its function restores the wrong ones

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x19, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	19, -16
	mov	w19, w0
	tbnz	w0, #31, .Lcold
.Lback:
	add	w0, w19, 1
	ldr	x19, [sp], 16
	.cfi_restore	19
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.type	f.cold, %function
f.cold:
	.cfi_startproc
	.cfi_def_cfa_offset	16
	.cfi_offset	19, -16
.Lcold:
	mov	w19, 3
	str	x19, [sp, -16]!
	b	.Lback
	.cfi_endproc
	.size	f.cold, .-f.cold
