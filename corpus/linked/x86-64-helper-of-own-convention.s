// arch: x86-64
// link: ld.lld-19 -shared -Bsymbolic --discard-all -Ttext=0x10000
// expect: OH302 sub_10000+0x3
// expect: suspect OH202 sub_10000+0x6
// source: OpenSSL (_x86_64_AES_encrypt), libgcrypt (__cast5_enc_blk16)
// why: mix is called by f alone, which has saved rbx: a convention of their own (psABI 3.2); but mix's row promises that rbx is untouched

	.text

	.type	mix, %function
mix:
	.cfi_startproc
	movq	%rdi, %rbx	# planted
	addl	%ebx, %eax
	nop
	ret
	.cfi_endproc
	.size	mix, .-mix
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	call	mix
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
